package dev.sluice.dns;

import java.util.Locale;

/** Text for a message: what came from outside must not steer the terminal that shows it. */
public final class TerminalText {
  private static final int LONGEST = 80;

  private TerminalText() {}

  /** In quotes, shortened, with the number of each character that does not show. */
  public static String quoted(String text) {
    return "\"" + line(text) + "\"";
  }

  /** Shortened, with the number of each character that does not show. */
  public static String line(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> append(shown, c));
    return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
  }

  private static void append(StringBuilder shown, int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          shown.append(String.format(Locale.ROOT, "<U+%04X>", codePoint));
      default -> shown.appendCodePoint(codePoint);
    }
  }
}
