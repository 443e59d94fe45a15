package dev.sluice.fetch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** JSON objects of strings and numbers, on one line. */
final class FlatJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final char DELETE = 0x7f;

  private FlatJson() {}

  /** Leaves out empty strings and negative numbers. */
  static String write(Map<String, ?> fields) {
    StringBuilder json = new StringBuilder("{");
    for (Map.Entry<String, ?> field : fields.entrySet()) {
      Object value = field.getValue();
      boolean isNumber = value instanceof Long;
      if (isNumber ? (Long) value >= 0 : !value.toString().isEmpty()) {
        json.append(json.length() == 1 ? "" : ",").append('"').append(field.getKey()).append("\":");
        if (isNumber) {
          json.append(value);
        } else {
          quote(value.toString(), json.append('"')).append('"');
        }
      }
    }
    return json.append('}').toString();
  }

  /** Escapes what RFC 8259, section 7 wants escaped, and everything that is not ASCII. */
  private static StringBuilder quote(String text, StringBuilder json) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c >= DELETE) {
        json.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        json.append(c);
      }
    }
    return json;
  }

  /** The fields as text; nested values are left out. */
  static Map<String, String> read(String text) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken().isScalarValue()) {
          fields.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("not a whole JSON object");
      }
    }
    return fields;
  }

  /** A number of a read object; negative if it is missing or none. */
  static long number(Map<String, String> fields, String name) {
    try {
      return Long.parseLong(fields.getOrDefault(name, "-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
