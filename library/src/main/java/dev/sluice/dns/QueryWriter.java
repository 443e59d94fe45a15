package dev.sluice.dns;

import java.nio.ByteBuffer;

/** Writes queries, all into one buffer: header, question and OPT (RFC 1035, RFC 6891). */
final class QueryWriter {
  /** No fragments on any path of today: DNS flag day 2020. */
  static final int UDP_PAYLOAD = 1_232;

  private static final int TYPE_OPT = 41;
  private static final short RECURSION_DESIRED = 0x0100;
  private static final int MAX_QUERY = 512;

  private final ByteBuffer packet = ByteBuffer.allocateDirect(MAX_QUERY);

  /** The query as one datagram, valid until the next call. */
  ByteBuffer datagram(int id, byte[] question, boolean edns) {
    packet.clear();
    write(id, question, edns);
    return packet.flip();
  }

  /** The same behind its length, for TCP (RFC 1035, section 4.2.2); a buffer of its own. */
  ByteBuffer segment(int id, byte[] question, boolean edns) {
    ByteBuffer datagram = datagram(id, question, edns);
    return ByteBuffer.allocate(Short.BYTES + datagram.remaining())
        .putShort((short) datagram.remaining())
        .put(datagram)
        .flip();
  }

  private void write(int id, byte[] question, boolean edns) {
    packet.putShort((short) id).putShort(RECURSION_DESIRED);
    packet.putLong(0x0001_0000_0000_0000L | (edns ? 1 : 0));
    packet.put(question);
    if (edns) {
      packet.put((byte) 0).putShort((short) TYPE_OPT).putShort((short) UDP_PAYLOAD);
      // Extended RCODE, version, flags and length, all zero.
      packet.putInt(0).putShort((short) 0);
    }
  }
}
