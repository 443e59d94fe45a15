package dev.sluice.dns;

import dev.sluice.TerminalText;
import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules for domain names. A name in its final form is checked once and not copied. */
final class NameRules {
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;

  /** Twice the longest name, because a character above U+FFFF has two chars. */
  private static final int LONGEST_TEXT = 512;

  private static final String EMPTY = "must not be empty";
  private static final String TOO_LONG = "must have at most 253 octets";
  private static final String LABEL = "must have labels of 1 to 63 octets";
  private static final String CHARACTERS =
      "must have letters, digits, hyphens and underscores in its labels, and dots between them";
  private static final String HYPHEN = "must have no label that begins or ends with a hyphen";
  private static final String NUMBER = "must not end in a number, as an address does";
  private static final String DEVIATION =
      "ß, ς and zero-width joiners must be given in ASCII, as xn--…";

  private NameRules() {}

  static String canonical(String text) {
    if (objection(text) == null) {
      return text;
    }
    String ascii = (isAscii(text) ? text : toAscii(text)).toLowerCase(Locale.ROOT);
    String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    String objection = objection(name);
    if (objection != null) {
      throw refused(text, objection, null);
    }
    return name;
  }

  /** The rule that a name in its final form breaks; null if it breaks none. */
  private static @Nullable String objection(String name) {
    if (name.isEmpty()) {
      return EMPTY;
    }
    if (name.length() > LONGEST_NAME) {
      return TOO_LONG;
    }
    int start = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
      String objection = objection(name, start, dot);
      if (objection != null) {
        return objection;
      }
      start = dot + 1;
    }
    String objection = objection(name, start, name.length());
    return objection == null && isNumber(name, start) ? NUMBER : objection;
  }

  private static @Nullable String objection(String name, int start, int end) {
    if (start == end || end - start > LONGEST_LABEL) {
      return LABEL;
    }
    for (int i = start; i < end; i++) {
      if (!isAllowed(name.charAt(i))) {
        return CHARACTERS;
      }
    }
    return name.charAt(start) == '-' || name.charAt(end - 1) == '-' ? HYPHEN : null;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-' || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Decimal or hexadecimal: getaddrinfo takes both for an address and sends no query. */
  private static boolean isNumber(String name, int start) {
    boolean hex = name.startsWith("0x", start);
    for (int i = hex ? start + 2 : start; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isDigit(c) && !(hex && c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static String toAscii(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw refused(text, TOO_LONG, null);
    }
    if (text.codePoints().anyMatch(NameRules::isDeviation)) {
      throw refused(text, DEVIATION, null);
    }
    String ascii = idna(text);
    // Some symbols, such as '⒈', are converted to text with a dot. They must not split a label.
    if (dots(ascii) != dots(text)) {
      throw refused(text, CHARACTERS, null);
    }
    return ascii;
  }

  private static String idna(String text) {
    try {
      return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      throw refused(text, CHARACTERS + ", once in ASCII (IDNA)", e);
    }
  }

  private static boolean isDeviation(int c) {
    return c == 'ß' || c == 'ẞ' || c == 'ς' || c == 0x200c || c == 0x200d;
  }

  private static long dots(String text) {
    return text.chars().filter(c -> c == '.' || c == 0x3002 || c == 0xff0e || c == 0xff61).count();
  }

  private static IllegalArgumentException refused(
      String text, String rule, @Nullable IllegalArgumentException cause) {
    return new IllegalArgumentException(
        "domain name: " + TerminalText.quoted(text) + ", " + rule, cause);
  }
}
