package dev.sluice.dns.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes queries: header, question and OPT with a cookie (RFC 1035, RFC 6891, RFC 7873). */
public final class QueryWriter {
  /** The size that servers are told to send at most: no fragmentation (DNS flag day 2020). */
  public static final int UDP_PAYLOAD = 1_232;

  private static final int TYPE_OPT = 41;
  private static final short RECURSION_DESIRED = 0x0100;

  /** Length of the longest query, rounded up: header, name, type and class, OPT, cookie. */
  public static final int MAX_QUERY = 328;

  /**
   * Writes a query at the buffer's position.
   *
   * @param recursive whether the server is to ask other servers (the RD bit)
   * @return its length
   */
  public int write(ByteBuffer to, int id, byte[] question, boolean edns, boolean recursive) {
    return write(to, id, question, edns, recursive, null);
  }

  /**
   * Writes a query at the buffer's position.
   *
   * @param recursive whether the server is to ask other servers (the RD bit)
   * @param cookie for the server, with EDNS only; null for none
   * @return its length
   */
  public int write(
      ByteBuffer to,
      int id,
      byte[] question,
      boolean edns,
      boolean recursive,
      @Nullable Cookie cookie) {
    int start = to.position();
    to.putShort((short) id).putShort(recursive ? RECURSION_DESIRED : 0);
    to.putLong(0x0001_0000_0000_0000L | (edns ? 1 : 0));
    to.put(question);
    if (edns) {
      to.put((byte) 0).putShort((short) TYPE_OPT).putShort((short) UDP_PAYLOAD);
      // Extended RCODE, version and flags, all zero.
      to.putInt(0).putShort((short) (cookie == null ? 0 : cookie.optionLength()));
      if (cookie != null) {
        cookie.write(to);
      }
    }
    return to.position() - start;
  }

  /** A query in a new buffer, with its length before it, for TCP (RFC 1035, section 4.2.2). */
  public ByteBuffer segment(
      int id, byte[] question, boolean edns, boolean recursive, @Nullable Cookie cookie) {
    ByteBuffer segment = ByteBuffer.allocate(Short.BYTES + MAX_QUERY).position(Short.BYTES);
    int length = write(segment, id, question, edns, recursive, cookie);
    return segment.putShort(0, (short) length).flip();
  }
}
