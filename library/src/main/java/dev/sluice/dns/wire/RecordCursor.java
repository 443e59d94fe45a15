package dev.sluice.dns.wire;

import static dev.sluice.dns.wire.MessageFormat.HEADER_BYTES;
import static dev.sluice.dns.wire.MessageFormat.RECORD_BYTES;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the records of the answer and the authority section of a response, one after the other.
 * What is behind them, such as additional records, is not read, so a flaw there does no harm.
 *
 * <pre>{@code
 * while (cursor.next()) {
 *   if (cursor.type() == 15) {
 *     int preference = cursor.u16();
 *     String exchange = cursor.name();
 *     cursor.endData();
 *   }
 * }
 * }</pre>
 */
public final class RecordCursor {
  /** Where the header counts the records of each section. */
  private static final int ANSWERS = 6;

  private static final int AUTHORITIES = 8;
  private static final int AUTHORITATIVE = 0x04;

  private final byte[] message;
  private final int limit;
  private int section = ANSWERS;
  private int left;

  /** Where the data of the present record is read, and where it ends. */
  private int at;

  private int end;

  /** Where the present record begins, and where its type does. */
  private int start;

  private int fixed;

  /**
   * A cursor before the first record.
   *
   * @param message a response whose question section was checked
   * @param length of the message
   * @param questionLength of the question section
   */
  public RecordCursor(byte[] message, int length, int questionLength) {
    this.message = message;
    limit = length;
    end = HEADER_BYTES + questionLength;
    left = number(ANSWERS);
  }

  /** Whether the server has authority for the name (the AA bit). */
  public boolean isAuthoritative() {
    return (message[2] & AUTHORITATIVE) != 0;
  }

  /** The RCODE of the header. */
  public int rcode() {
    return message[3] & 0xF;
  }

  /** Goes to the next record; false after the last one. */
  public boolean next() throws MalformedMessageException {
    for (; left == 0; left = number(section)) {
      if (section == AUTHORITIES) {
        return false;
      }
      section += 2;
    }
    left--;
    goTo(end);
    return true;
  }

  /** Where the present record begins. */
  public int start() {
    return start;
  }

  /** Goes to the record that {@linkplain #start begins} here, after {@link #next} was false. */
  public void goTo(int start) throws MalformedMessageException {
    this.start = start;
    fixed = MessageNames.end(message, start, limit);
    check(
        fixed != MessageNames.NONE && fixed + RECORD_BYTES <= limit,
        "a record that ends behind the message");
    at = fixed + RECORD_BYTES;
    end = at + number(fixed + 8);
    check(end <= limit, "a record that ends behind the message");
  }

  public boolean isAnswer() {
    return section == ANSWERS;
  }

  public boolean isAuthority() {
    return section == AUTHORITIES;
  }

  /** The owner of the record, as {@link #name} writes it. */
  public String owner() throws MalformedMessageException {
    return nameAt(start);
  }

  public int type() {
    return number(fixed);
  }

  /** Whether the class of the record is IN. */
  public boolean isInternet() {
    return number(fixed + 2) == MessageFormat.CLASS_IN;
  }

  /** The TTL in seconds; 0 if its first bit is set (RFC 2181, section 8). */
  public long ttlSeconds() {
    long ttl = ((long) number(fixed + 4) << Short.SIZE) | number(fixed + 6);
    return ttl > Integer.MAX_VALUE ? 0 : ttl;
  }

  // The data of the record, from its first octet on.

  /** How many octets of the data were not read yet. */
  public int remaining() {
    return end - at;
  }

  public int u8() throws MalformedMessageException {
    return message[take(1)] & 0xFF;
  }

  public int u16() throws MalformedMessageException {
    return number(take(Short.BYTES));
  }

  public long u32() throws MalformedMessageException {
    return ((long) u16() << Short.SIZE) | u16();
  }

  /** An address of this many octets. */
  public InetAddress address(int octets) throws MalformedMessageException {
    int from = take(octets);
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(message, from, from + octets));
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets are an address", e);
    }
  }

  /** Octets as characters of ISO 8859-1, each octet one. */
  public String text(int octets) throws MalformedMessageException {
    return new String(message, take(octets), octets, StandardCharsets.ISO_8859_1);
  }

  /**
   * A name in lower case without a trailing dot, "." for the root. A dot, a backslash or an octet
   * that is no printable ASCII is escaped in a label (RFC 1035, section 5.1).
   */
  public String name() throws MalformedMessageException {
    int next = MessageNames.end(message, at, end);
    check(next != MessageNames.NONE, "a malformed name");
    String name = nameAt(at);
    at = next;
    return name;
  }

  /** Checks that all of the data was read. */
  public void endData() throws MalformedMessageException {
    check(at == end, "a record that is longer than its data");
  }

  private String nameAt(int offset) throws MalformedMessageException {
    check(MessageNames.isValid(message, offset, limit), "a malformed name");
    return MessageNames.text(message, offset);
  }

  private int number(int offset) {
    return MessageFormat.u16(message, offset);
  }

  private int take(int octets) throws MalformedMessageException {
    check(octets <= end - at, "a record that is shorter than its data");
    int from = at;
    at += octets;
    return from;
  }

  private static void check(boolean good, String flaw) throws MalformedMessageException {
    if (!good) {
      throw new MalformedMessageException(flaw);
    }
  }
}
