package dev.sluice.http;

import static java.util.Objects.requireNonNull;

import dev.sluice.TerminalText;
import java.util.Locale;
import java.util.Set;

/**
 * Checks headers. A refused value is not repeated in a message: it may be a secret, and OkHttp 3.14
 * repeats it (CVE-2023-0833).
 */
final class HeaderRules {
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";
  private static final Set<String> OWN = Set.of("authorization", "host", "content-length");

  private HeaderRules() {}

  static void requireName(String name) {
    if (requireNonNull(name, "name").isEmpty() || !name.chars().allMatch(HeaderRules::isToken)) {
      throw new IllegalArgumentException(
          "header name: " + TerminalText.quoted(name) + ", must be a token: letters, digits, -");
    }
    if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("header name: " + name + ", is set by the client itself");
    }
  }

  static void requireValue(String message, String value) {
    if (!value.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\t')) {
      throw new IllegalArgumentException(message);
    }
  }

  /** {@return the error, or another one if its message has the value of a header} */
  static IllegalArgumentException withoutValue(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    int value = message.startsWith("Unexpected char ") ? message.indexOf(" value: ") : -1;
    return value < 0
        ? e
        : new IllegalArgumentException(message.substring(0, value) + ": must be printable ASCII");
  }

  private static boolean isToken(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || TOKEN_SIGNS.indexOf(c) >= 0;
  }
}
