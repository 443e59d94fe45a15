package dev.sluice.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A member of a header that is a list of items with parameters (RFC 8941, section 3.1): {@code
 * "name";a=1;b=2}.
 *
 * @param name without its quotes; empty if the member has parameters only
 * @param parameters the values as they are written
 */
record ListItem(String name, Map<String, String> parameters) {
  /** The members of all header lines of one name. */
  static List<ListItem> of(List<String> lines) {
    return split(String.join(",", lines), ',').stream().map(ListItem::of).toList();
  }

  private static ListItem of(String member) {
    String name = "";
    Map<String, String> parameters = new HashMap<>();
    for (String part : split(member, ';')) {
      int equals = part.startsWith("\"") ? -1 : part.indexOf('=');
      if (equals < 0) {
        name = part.replace("\"", "");
      } else {
        parameters.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return new ListItem(name, parameters);
  }

  /** The parts between separators outside of quotes; without those that are empty. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean isQuoted = false;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? separator : text.charAt(i);
      if (c == separator && (!isQuoted || i == text.length())) {
        String part = text.substring(from, i).strip();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        from = i + 1;
      } else if (c == '\\' && isQuoted) {
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      }
    }
    return parts;
  }
}
