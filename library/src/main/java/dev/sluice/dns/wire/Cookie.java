package dev.sluice.dns.wire;

import static dev.sluice.dns.wire.MessageFormat.RECORD_BYTES;
import static dev.sluice.dns.wire.MessageFormat.u16;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The cookie for one server (RFC 7873): octets that the client has chosen, which a response must
 * repeat, and those that the server has sent last, which the next query returns. Not thread-safe.
 */
public final class Cookie {
  /** What a response says of the cookie. */
  public enum Echo {
    /** It has no COOKIE option. */
    MISSING,
    /** The octets of the client are not those that were sent, or the length is not allowed. */
    WRONG,
    /** It repeats the octets of the client. */
    RIGHT
  }

  private static final int OPTION = 10;
  private static final int OPTION_HEADER = 4;
  private static final int CLIENT = 8;
  private static final int SHORTEST = 16;
  private static final int LONGEST = 40;

  private final byte[] octets = new byte[LONGEST];
  private int length = CLIENT;

  /**
   * A cookie of which the server knows nothing yet.
   *
   * @param client 64 random bits
   */
  public Cookie(long client) {
    for (int i = 0; i < CLIENT; i++) {
      octets[i] = (byte) (client >>> (i * Byte.SIZE));
    }
  }

  /** Whether the server has sent octets, so that its responses must have the option. */
  public boolean isOfServer() {
    return length > CLIENT;
  }

  /** Forgets the octets of the server, because it sends none any more. */
  public void forgetServer() {
    length = CLIENT;
  }

  /** Appends the option. */
  void write(ByteBuffer to) {
    to.putShort((short) OPTION).putShort((short) length).put(octets, 0, length);
  }

  /** The length of the option. */
  int optionLength() {
    return OPTION_HEADER + length;
  }

  /**
   * Reads the first COOKIE option of a response, and keeps the octets of the server.
   *
   * @param message the response
   * @param opt where its OPT record begins, behind the owner; 0 if it has none
   */
  public Echo read(byte[] message, int opt) {
    if (opt == 0) {
      return Echo.MISSING;
    }
    int at = opt + RECORD_BYTES;
    int end = at + u16(message, opt + RECORD_BYTES - Short.BYTES);
    while (at + OPTION_HEADER <= end) {
      int data = at + OPTION_HEADER;
      int next = data + u16(message, at + Short.BYTES);
      if (u16(message, at) == OPTION) {
        return next <= end ? read(message, data, next) : Echo.WRONG;
      }
      at = next;
    }
    return Echo.MISSING;
  }

  private Echo read(byte[] message, int from, int to) {
    int sent = to - from;
    boolean isLegal = sent == CLIENT || (sent >= SHORTEST && sent <= LONGEST);
    if (!isLegal || !Arrays.equals(message, from, from + CLIENT, octets, 0, CLIENT)) {
      return Echo.WRONG;
    }
    System.arraycopy(message, from, octets, 0, sent);
    length = sent;
    return Echo.RIGHT;
  }
}
