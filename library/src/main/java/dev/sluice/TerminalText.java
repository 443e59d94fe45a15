package dev.sluice;

import java.util.Locale;

/**
 * Text from outside, made safe for a message: a server, a user or a file name must not send escape
 * sequences to the terminal or break the lines of a log. A character that does not show, or that
 * changes how its neighbours show, is replaced by its number: {@code <U+001B>}.
 *
 * <pre>{@code
 * out.println("title: " + TerminalText.line(title));
 * }</pre>
 */
public final class TerminalText {
  /** {@link #line} keeps at most this many code points. */
  public static final int LINE_LENGTH = 200;

  private static final int QUOTED_LENGTH = 60;

  private TerminalText() {}

  /**
   * {@return the text on one line, at most {@value #LINE_LENGTH} code points of it; "…" stands for
   * the rest}
   *
   * @param text any text
   */
  public static String line(String text) {
    return line(text, LINE_LENGTH);
  }

  /**
   * {@return the text on one line, at most so many code points of it; "…" stands for the rest}
   *
   * @param text any text
   * @param maxLength in code points before the replacement, 0 or more
   */
  public static String line(String text, int maxLength) {
    // Only the start of the text is looked at: it may have millions of characters.
    int end = 0;
    for (int left = Check.atLeast(0, maxLength, "maxLength"); end < text.length() && left > 0; ) {
      end += Character.charCount(text.codePointAt(end));
      left--;
    }
    String start = escaped(text.substring(0, end));
    return end < text.length() ? start + "…" : start;
  }

  /**
   * {@return the text in quotation marks, for a message about a wrong value; of a long text the
   * first 60 code points and the length}
   *
   * @param text any text
   */
  public static String quoted(String text) {
    int length = text.codePointCount(0, text.length());
    String quoted = "\"" + line(text, QUOTED_LENGTH) + "\"";
    return length <= QUOTED_LENGTH ? quoted : quoted + " (" + length + " characters)";
  }

  /**
   * {@return the text on one line, in full length}
   *
   * @param text any text
   */
  public static String escaped(String text) {
    if (text.codePoints().allMatch(TerminalText::isVisible)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(visible, c));
    return visible.toString();
  }

  /**
   * {@return one character for a message: {@code '*'}, or {@code U+202E} if it does not show}
   *
   * @param codePoint any code point
   */
  public static String codePoint(int codePoint) {
    return isVisible(codePoint) ? "'" + Character.toString(codePoint) + "'" : number(codePoint);
  }

  private static void append(StringBuilder visible, int codePoint) {
    if (isVisible(codePoint)) {
      visible.appendCodePoint(codePoint);
    } else {
      visible.append('<').append(number(codePoint)).append('>');
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
