package dev.sluice.samples.domains;

import dev.sluice.TerminalText;

/** Writes text into formats that give a meaning to some characters. */
public final class Escapes {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Escapes() {}

  /** A string of JSON, quotes included (RFC 8259, section 7). */
  public static void json(StringBuilder to, String text) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        to.append('\\').append(c);
      } else {
        visible(to, text, i);
      }
    }
    to.append('"');
  }

  /** A field of CSV, with quotes if it needs them (RFC 4180, section 2). */
  public static void csv(StringBuilder to, String text) {
    if (isPlain(text)) {
      to.append(text);
    } else {
      to.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
  }

  /** Text of a line for people, as {@link TerminalText#escaped} shows it. */
  public static void line(StringBuilder to, String text) {
    // The loop is faster than escaped(), and nearly all names are printable ASCII.
    int plain = 0;
    while (plain < text.length() && isPrintableAscii(text.charAt(plain))) {
      plain++;
    }
    to.append(plain == text.length() ? text : TerminalText.escaped(text));
  }

  private static boolean isPrintableAscii(char c) {
    return c >= ' ' && c < 0x7F;
  }

  private static void visible(StringBuilder to, String text, int at) {
    char c = text.charAt(at);
    if (isPrintableAscii(c) || (c > 0x9F && !isHalf(text, at))) {
      to.append(c);
    } else {
      to.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        to.append(HEX[(c >> shift) & 15]);
      }
    }
  }

  /** A surrogate without its other half, which no encoding can write. */
  private static boolean isHalf(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c < ' ') {
        return false;
      }
    }
    return text.strip().length() == text.length();
  }
}
