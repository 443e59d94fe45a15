package dev.sluice.http;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the end of a body (RFC 9112, section 6.3), in the same way as OkHttp 3.14, which decodes
 * it.
 */
final class BodyEnd {
  private static final long UNKNOWN = -1;
  private static final int DIGITS_OF_A_LONG = 18;
  private static final long LONGEST_CHUNK = Long.MAX_VALUE >> 8;

  private enum Part {
    SIZE,
    EXTENSION,
    DATA,
    LINE_END,
    TRAILER,
    REACHED
  }

  private final boolean chunked;
  private Part part;
  private long left;
  private int lineLength;
  private boolean hasReturn;

  private BodyEnd(boolean chunked, long length) {
    this.chunked = chunked;
    this.left = chunked ? 0 : length;
    this.part = chunked ? Part.SIZE : length == 0 ? Part.REACHED : Part.DATA;
  }

  /** The end after this number of bytes. */
  static BodyEnd of(long length) {
    return new BodyEnd(false, length);
  }

  /**
   * The end of the body behind a head.
   *
   * @param head the status line and the headers, one char for each octet
   * @param withoutBody for a request whose response never has a body
   */
  static BodyEnd after(int code, String head, boolean withoutBody) {
    if (code == 101) {
      return of(UNKNOWN);
    }
    if (withoutBody || code == 204 || code == 304) {
      return of(0);
    }
    List<String> codings = values(head, "transfer-encoding:");
    List<String> lengths = values(head, "content-length:");
    if (!codings.isEmpty()) {
      boolean isChunked = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
      return isChunked && lengths.isEmpty() ? new BodyEnd(true, 0) : of(UNKNOWN);
    }
    return of(
        lengths.isEmpty() || !areOneNumber(lengths) ? UNKNOWN : Long.parseLong(lengths.get(0)));
  }

  /** Whether these values of Content-Length are one and the same number. */
  static boolean areOneNumber(List<String> lengths) {
    return lengths.stream().allMatch(l -> isNumber(l) && l.equals(lengths.get(0)));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= DIGITS_OF_A_LONG
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The values of all header lines with a name: in lower case, with its colon. */
  static List<String> values(String head, String name) {
    List<String> values = new ArrayList<>();
    for (int at = head.indexOf('\n'); at >= 0; at = head.indexOf('\n', at + 1)) {
      if (head.regionMatches(true, at + 1, name, 0, name.length())) {
        values.add(head.substring(at + 1 + name.length(), head.indexOf('\n', at + 1)).trim());
      }
    }
    return values;
  }

  /** False if the body ends with the connection. */
  boolean isKnown() {
    return chunked || left != UNKNOWN;
  }

  boolean isReached() {
    return part == Part.REACHED;
  }

  /** At most this many bytes may be read; more would belong to nothing, if the length is known. */
  int limit(int length) {
    return chunked ? length : (int) Math.min(length, left);
  }

  /**
   * {@return how many of these bytes belong to the body}
   *
   * @throws ProtocolException if a chunk goes on behind its size: OkHttp would drop that content
   */
  int take(byte[] bytes, int offset, int count) throws ProtocolException {
    int at = 0;
    while (at < count && part != Part.REACHED) {
      if (part == Part.DATA) {
        int data = (int) Math.min(left, count - at);
        at += data;
        left -= data;
        if (left == 0) {
          part = chunked ? Part.LINE_END : Part.REACHED;
          hasReturn = false;
        }
      } else {
        framing(bytes[offset + at]);
        at++;
      }
    }
    return at;
  }

  private void framing(byte c) throws ProtocolException {
    boolean isLineEnd = c == '\n';
    switch (part) {
      case SIZE -> size(c);
      case EXTENSION -> part = isLineEnd ? afterSize() : part;
      case LINE_END -> lineEnd(c);
      default -> trailer(c);
    }
  }

  private void lineEnd(byte c) throws ProtocolException {
    if (c == '\n') {
      part = Part.SIZE;
    } else if (c == '\r' && !hasReturn) {
      hasReturn = true;
    } else {
      throw new ProtocolException("a chunk that is longer than its size");
    }
  }

  private void size(byte c) {
    int digit = Character.digit((char) c, 16);
    if (digit >= 0 && left < LONGEST_CHUNK) {
      left = 16 * left + digit;
    } else {
      part = c == '\n' ? afterSize() : Part.EXTENSION;
    }
  }

  private Part afterSize() {
    lineLength = 0;
    return left == 0 ? Part.TRAILER : Part.DATA;
  }

  private void trailer(byte c) {
    if (c == '\n') {
      part = lineLength == 0 ? Part.REACHED : part;
      lineLength = 0;
    } else if (c != '\r') {
      lineLength++;
    }
  }
}
