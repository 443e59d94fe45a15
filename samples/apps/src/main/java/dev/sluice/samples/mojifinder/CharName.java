package dev.sluice.samples.mojifinder;

import java.util.HexFormat;

/** A character and what the Unicode standard calls it. */
public record CharName(int codePoint, String name) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** The character itself; two {@code char}s beyond the first plane. */
  public String character() {
    return Character.toString(codePoint);
  }

  /** As people write it: U+ and at least four digits. */
  public String notation() {
    return "U+" + hex(codePoint);
  }

  static String hex(int codePoint) {
    int digits = codePoint > 0xFFFFF ? 6 : codePoint > 0xFFFF ? 5 : 4;
    return HEX.toHexDigits(codePoint, digits);
  }

  /** {@code U+1F431}, the character and its name, with tabs between. */
  @Override
  public String toString() {
    return notation() + '\t' + character() + '\t' + name;
  }

  /** The same as {@link #toString}. */
  void writeTo(Utf8 text) {
    text.appendAscii(notation())
        .append('\t')
        .appendCharacter(codePoint)
        .append('\t')
        .appendAscii(name);
  }
}
