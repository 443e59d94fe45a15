package dev.sluice.samples.mojifinder;

import java.util.HexFormat;

/** A character and its Unicode name. */
public record CharName(int codePoint, String name) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String HEX_DIGITS = "0123456789ABCDEF";

  /** The character as a string of one or two {@code char}s. */
  public String character() {
    return Character.toString(codePoint);
  }

  /** U+ and at least four hexadecimal digits. */
  public String notation() {
    return "U+" + hex(codePoint);
  }

  static String hex(int codePoint) {
    return HEX.toHexDigits(codePoint, digits(codePoint));
  }

  private static int digits(int codePoint) {
    return codePoint > 0xFFFFF ? 6 : codePoint > 0xFFFF ? 5 : 4;
  }

  /** For example {@code U+1F431}, the character and its name, separated by tabs. */
  @Override
  public String toString() {
    return notation() + '\t' + character() + '\t' + name;
  }

  /** Appends what {@link #toString} of this character returns, without building strings. */
  static void write(int codePoint, Utf8 text) {
    text.append('U').append('+');
    for (int shift = 4 * digits(codePoint) - 4; shift >= 0; shift -= 4) {
      text.append(HEX_DIGITS.charAt(codePoint >> shift & 0xF));
    }
    text.append('\t').appendCharacter(codePoint).append('\t');
    UnicodeNames.append(codePoint, text);
  }
}
