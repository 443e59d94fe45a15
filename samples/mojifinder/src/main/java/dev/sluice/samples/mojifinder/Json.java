package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Search results and errors as JSON (RFC 8259). */
final class Json {
  private static final byte[] CHAR = "{\"char\":\"".getBytes(ISO_8859_1);
  private static final byte[] NAME = "\",\"name\":\"".getBytes(ISO_8859_1);
  private static final byte[] END = "\"},".getBytes(ISO_8859_1);

  /** Bytes that most rows need. */
  static final int USUAL_ROW_BYTES = 64;

  private Json() {}

  /** An array of the rows from (inclusive) to (exclusive). */
  static Utf8 of(int[] codePoints, int from, int to) {
    if (from == to) {
      return new Utf8(2).appendAscii("[]");
    }
    Utf8 json = new Utf8((to - from) * USUAL_ROW_BYTES).append('[');
    appendRows(codePoints, from, to, json);
    return json.replaceLast(']');
  }

  /** Appends the rows from (inclusive) to (exclusive), each with a comma after it. */
  static void appendRows(int[] codePoints, int from, int to, Utf8 json) {
    for (int i = from; i < to; i++) {
      append(codePoints[i], json);
    }
  }

  static byte[] error(String message) {
    String escaped = message.replace("\\", "\\\\").replace("\"", "\\\"");
    String visible = escaped.replaceAll("\\p{Cntrl}", "?");
    return ("{\"error\":\"" + visible + "\"}\n").getBytes(UTF_8);
  }

  private static void append(int codePoint, Utf8 json) {
    json.append(CHAR);
    if (codePoint == '"' || codePoint == '\\') {
      json.append('\\');
    }
    json.appendCharacter(codePoint).append(NAME);
    // A name contains no character that JSON escapes.
    UnicodeNames.append(codePoint, json);
    json.append(END);
  }
}
