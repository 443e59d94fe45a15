package dev.sluice.samples.mojifinder;

import java.util.List;

/** Answers as JSON (RFC 8259). */
final class Json {
  private Json() {}

  static String of(List<CharName> found) {
    StringBuilder json = new StringBuilder(2 + 64 * found.size()).append('[');
    for (CharName each : found) {
      json.append(json.length() == 1 ? "{\"char\":" : ",{\"char\":");
      string(json, each.character());
      // No name has a character that would need to be escaped.
      json.append(",\"name\":\"").append(each.name()).append("\"}");
    }
    return json.append(']').toString();
  }

  static String error(String message) {
    StringBuilder json = new StringBuilder("{\"error\":");
    string(json, message);
    return json.append("}\n").toString();
  }

  private static void string(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        json.append("\\u").append(CharName.hex(c));
      } else if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
