package dev.sluice.dns.wire;

/** Sizes and numbers of messages (RFC 1035, section 4.1). */
public final class MessageFormat {
  /** Length of the header; the question begins behind it. */
  public static final int HEADER_BYTES = 12;

  /** Length of what stands between a record's name and its data. */
  static final int RECORD_BYTES = 10;

  static final int CLASS_IN = 1;

  private MessageFormat() {}

  /** The 16-bit number at an offset. */
  static int u16(byte[] message, int at) {
    return ((message[at] & 0xFF) << 8) | (message[at + 1] & 0xFF);
  }
}
