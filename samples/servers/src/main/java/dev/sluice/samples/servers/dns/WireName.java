package dev.sluice.samples.servers.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Names in wire form and lower case: each label follows a length byte, and a zero byte for the root
 * ends the name (RFC 1035, section 3.1). Written for lists of millions of names and for the
 * embedded server of a command, whose start must not load dnsjava.
 */
final class WireName {
  static final byte[] ROOT = {0};

  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 255;

  private WireName() {}

  /**
   * Parses an absolute name; the final dot may be missing. {@code \.} and {@code \046} stand for a
   * dot within a label (section 5.1).
   *
   * @throws IllegalArgumentException if it is not a name; the message says what is allowed
   */
  static byte[] of(String text) {
    if (text.equals(".")) {
      return ROOT;
    }
    if (text.isEmpty()) {
      throw refusal(text);
    }
    byte[] wire = new byte[Math.min(text.length() + 2, LONGEST_NAME + 1)];
    int label = 0;
    int end = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        wire[label] = (byte) length(label, end, text);
        label = end;
      } else if (c == '\\') {
        wire[end] = (byte) lowered(escaped(text, i));
        i += isDigit(text, i + 1) ? 3 : 1;
      } else {
        wire[end] = (byte) lowered(plain(c, text));
      }
      end = next(end, text);
    }
    if (label < end - 1) {
      wire[label] = (byte) length(label, end, text);
      end = next(end, text);
    }
    return Arrays.copyOf(wire, end);
  }

  /** The name as text, for messages. */
  static String text(byte[] wire) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; wire[at] > 0; at += 1 + wire[at]) {
      text.append(new String(wire, at + 1, wire[at], US_ASCII)).append('.');
    }
    return text.isEmpty() ? "." : text.toString();
  }

  /** An octet in lower case. Only ASCII letters have a case in names (RFC 4343). */
  static int lowered(int octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
  }

  private static int length(int label, int end, String text) {
    int length = end - label - 1;
    if (length < 1 || length > LONGEST_LABEL) {
      throw refusal(text);
    }
    return length;
  }

  private static int next(int end, String text) {
    if (end >= LONGEST_NAME) {
      throw refusal(text);
    }
    return end + 1;
  }

  private static int plain(char c, String text) {
    if (c <= ' ' || c > '~') {
      throw refusal(text);
    }
    return c;
  }

  private static int escaped(String text, int backslash) {
    int next = backslash + 1;
    if (next >= text.length()) {
      throw refusal(text);
    }
    if (!isDigit(text, next)) {
      return plain(text.charAt(next), text);
    }
    if (!isDigit(text, next + 1) || !isDigit(text, next + 2)) {
      throw refusal(text);
    }
    int octet = Integer.parseInt(text.substring(next, next + 3));
    if (octet > 255) {
      throw refusal(text);
    }
    return octet;
  }

  private static boolean isDigit(String text, int at) {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not a name: allowed are labels of 1 to 63 ASCII characters with dots between"
            + " them, 255 octets in all");
  }
}
