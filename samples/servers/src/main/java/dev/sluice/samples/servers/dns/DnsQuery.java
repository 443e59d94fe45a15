package dev.sluice.samples.servers.dns;

import java.nio.ByteBuffer;

/** A query as received. One object is reused for all queries of a server, to avoid garbage. */
final class DnsQuery {
  static final int HEADER_BYTES = 12;

  private static final int RESPONSE_FLAG = 0x8000;
  private static final int TYPE_OPT = 41;
  private static final int PLAIN_PAYLOAD = 512;
  private static final int CLASS_IN = 1;

  /** The queried name in lower case and wire form. */
  final byte[] name = new byte[255];

  int nameLength;
  int type;
  int flags;

  /** The offset behind the question; 12, the header's length, if it could not be parsed. */
  int end;

  boolean edns;
  int ednsVersion;

  /** The largest response over UDP that the client accepts (RFC 6891, section 6.2.3). */
  int payload;

  /** Whether a message is a query. Answering a response could start an endless loop. */
  static boolean isQuery(ByteBuffer message) {
    return message.remaining() >= HEADER_BYTES && (message.getShort(2) & RESPONSE_FLAG) == 0;
  }

  /** Parses a message from 0 to its limit. Returns NOERROR, or the RCODE to refuse it with. */
  Rcode read(ByteBuffer message) {
    flags = message.getShort(2);
    end = HEADER_BYTES;
    edns = false;
    payload = PLAIN_PAYLOAD;
    if ((flags & 0x7800) != 0) {
      return Rcode.NOTIMP;
    }
    int named = message.getShort(4) == 1 ? readName(message) : -1;
    if (named < 0 || named + 4 > message.limit()) {
      return Rcode.FORMERR;
    }
    type = message.getShort(named) & 0xFFFF;
    int askedClass = message.getShort(named + 2);
    end = named + 4;
    if (!readAdditional(message)) {
      return Rcode.FORMERR;
    }
    if (edns && ednsVersion != 0) {
      return Rcode.BADVERS;
    }
    return askedClass == CLASS_IN ? Rcode.NOERROR : Rcode.REFUSED;
  }

  /**
   * The offset behind the name, or -1 if it is malformed. A compression pointer is malformed here,
   * because no name precedes it.
   */
  private int readName(ByteBuffer message) {
    int at = HEADER_BYTES;
    while (at < message.limit()) {
      int length = message.get(at);
      int to = at - HEADER_BYTES;
      if (length < 0 || length > 63 || to + length >= name.length) {
        return -1;
      }
      name[to] = (byte) length;
      if (length == 0) {
        nameLength = to + 1;
        return at + 1;
      }
      if (at + length >= message.limit()) {
        return -1;
      }
      for (int i = 1; i <= length; i++) {
        name[to + i] = (byte) WireName.lowered(message.get(at + i));
      }
      at += length + 1;
    }
    return -1;
  }

  /** Looks for an OPT record behind the question. Returns false if a record is malformed. */
  private boolean readAdditional(ByteBuffer message) {
    int records = (message.getShort(6) & 0xFFFF) + (message.getShort(8) & 0xFFFF);
    records += message.getShort(10) & 0xFFFF;
    int at = end;
    for (int i = 0; i < records; i++) {
      int head = skipName(message, at);
      if (head < 0 || head + 10 > message.limit()) {
        return false;
      }
      if (message.getShort(head) == TYPE_OPT) {
        edns = true;
        payload = Math.max(PLAIN_PAYLOAD, message.getShort(head + 2) & 0xFFFF);
        ednsVersion = message.get(head + 5);
      }
      at = head + 10 + (message.getShort(head + 8) & 0xFFFF);
    }
    return at <= message.limit();
  }

  private static int skipName(ByteBuffer message, int from) {
    int at = from;
    while (at < message.limit()) {
      int length = message.get(at);
      if (length < 0) {
        return at + 2;
      }
      at += length + 1;
      if (length == 0) {
        return at;
      }
    }
    return -1;
  }
}
