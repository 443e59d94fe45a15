package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/**
 * Answers as JSON (RFC 8259), straight into bytes: by way of a string it would take five times as
 * long, and be most of what a search costs.
 */
final class Json {
  private static final byte[] CHAR = "{\"char\":\"".getBytes(ISO_8859_1);
  private static final byte[] NAME = "\",\"name\":\"".getBytes(ISO_8859_1);
  private static final byte[] END = "\"},".getBytes(ISO_8859_1);

  /** All but the name: the three above, and at most four bytes of a character. */
  private static final int FRAME = 32;

  private final byte[] bytes;
  private int size;

  private Json(int capacity) {
    bytes = new byte[capacity];
  }

  static byte[] of(List<CharName> found) {
    int capacity = 2;
    for (CharName each : found) {
      capacity += FRAME + each.name().length();
    }
    Json json = new Json(capacity);
    json.bytes[json.size++] = '[';
    for (CharName each : found) {
      json.append(each);
    }
    // In the place of the last comma, if there is one.
    json.size -= found.isEmpty() ? 0 : 1;
    json.bytes[json.size++] = ']';
    return Arrays.copyOf(json.bytes, json.size);
  }

  static byte[] error(String message) {
    String escaped = message.replace("\\", "\\\\").replace("\"", "\\\"");
    String visible = escaped.replaceAll("\\p{Cntrl}", "?");
    return ("{\"error\":\"" + visible + "\"}\n").getBytes(UTF_8);
  }

  private void append(CharName each) {
    append(CHAR);
    int codePoint = each.codePoint();
    if (codePoint == '"' || codePoint == '\\') {
      bytes[size++] = '\\';
    }
    appendCharacter(codePoint);
    append(NAME);
    // A name is ASCII, and has nothing that would need to be escaped.
    byte[] name = each.name().getBytes(ISO_8859_1);
    append(name);
    append(END);
  }

  private void append(byte[] more) {
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  /** In UTF-8 (RFC 3629, section 3). */
  private void appendCharacter(int codePoint) {
    if (codePoint < 0x80) {
      bytes[size++] = (byte) codePoint;
      return;
    }
    int more = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
    int lead = more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0;
    bytes[size++] = (byte) (lead | (codePoint >> (6 * more)));
    for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
      bytes[size++] = (byte) (0x80 | ((codePoint >> shift) & 0x3F));
    }
  }
}
