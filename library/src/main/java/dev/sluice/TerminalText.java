package dev.sluice;

import java.util.Locale;

/** Text for a message: what came from outside must not steer the terminal that shows it. */
public final class TerminalText {
  private static final int SHOWN_CODE_POINTS = 60;

  private TerminalText() {}

  /** In quotes, escaped, and shortened to what a line can take. */
  public static String quoted(String text) {
    int length = text.codePointCount(0, text.length());
    if (length <= SHOWN_CODE_POINTS) {
      return "\"" + escaped(text) + "\"";
    }
    String start = text.substring(0, text.offsetByCodePoints(0, SHOWN_CODE_POINTS));
    return "\"" + escaped(start) + "…\" (" + length + " characters)";
  }

  /** With every character that does not show, or changes how others show, as its number. */
  public static String escaped(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  /** {@code '*'}, or {@code U+202E} for what does not show. */
  public static String codePoint(int codePoint) {
    return isVisible(codePoint) ? "'" + Character.toString(codePoint) + "'" : number(codePoint);
  }

  private static void append(StringBuilder shown, int codePoint) {
    if (isVisible(codePoint)) {
      shown.appendCodePoint(codePoint);
    } else {
      shown.append('<').append(number(codePoint)).append('>');
    }
  }

  private static String number(int codePoint) {
    String hex = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
    return "U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
