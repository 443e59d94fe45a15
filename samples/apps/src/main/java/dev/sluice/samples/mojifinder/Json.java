package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Answers as JSON (RFC 8259). */
final class Json {
  private static final byte[] CHAR = "{\"char\":\"".getBytes(ISO_8859_1);
  private static final byte[] NAME = "\",\"name\":\"".getBytes(ISO_8859_1);
  private static final byte[] END = "\"},".getBytes(ISO_8859_1);

  /** Bytes that most characters need, with their names. */
  private static final int USUAL = 64;

  private Json() {}

  static byte[] of(List<CharName> found) {
    if (found.isEmpty()) {
      return "[]".getBytes(ISO_8859_1);
    }
    Utf8 json = new Utf8(found.size() * USUAL).append('[');
    for (CharName each : found) {
      append(each, json);
    }
    // In the place of the last comma.
    return json.replaceLast(']').toBytes();
  }

  static byte[] error(String message) {
    String escaped = message.replace("\\", "\\\\").replace("\"", "\\\"");
    String visible = escaped.replaceAll("\\p{Cntrl}", "?");
    return ("{\"error\":\"" + visible + "\"}\n").getBytes(UTF_8);
  }

  private static void append(CharName each, Utf8 json) {
    json.append(CHAR);
    int codePoint = each.codePoint();
    if (codePoint == '"' || codePoint == '\\') {
      json.append('\\');
    }
    // A name has nothing that would need to be escaped.
    json.appendCharacter(codePoint).append(NAME).appendAscii(each.name()).append(END);
  }
}
