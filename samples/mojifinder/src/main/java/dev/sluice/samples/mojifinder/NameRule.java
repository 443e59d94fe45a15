package dev.sluice.samples.mojifinder;

import java.util.HexFormat;
import java.util.stream.IntStream;

/**
 * A range of characters whose names follow a rule (The Unicode Standard, section 4.8): a prefix and
 * the code point in hexadecimal, or for Hangul the romanized syllable.
 *
 * @param first the first code point
 * @param last the last code point
 */
record NameRule(int first, int last, String prefix) {
  private static final int MOST_DIGITS = 5;
  private static final int[] NONE = {};

  /** Parses a line such as {@code 4E00..9FFF CJK UNIFIED IDEOGRAPH-*}. */
  static NameRule parse(String line) {
    int dots = line.indexOf("..");
    int space = line.indexOf(' ');
    return new NameRule(
        HexFormat.fromHexDigits(line, 0, dots),
        HexFormat.fromHexDigits(line, dots + 2, space),
        line.substring(space + 1, line.length() - 1));
  }

  /** The part of the name after the prefix. */
  String suffix(int codePoint) {
    return endsInHex() ? CharName.hex(codePoint) : HangulNames.romanized(codePoint);
  }

  /** Whether the suffix is the code point, which the index then does not need to hold. */
  boolean endsInHex() {
    return prefix.endsWith("-");
  }

  String name(int codePoint) {
    return prefix + suffix(codePoint);
  }

  boolean covers(int codePoint) {
    return codePoint >= first && codePoint <= last;
  }

  IntStream codePoints() {
    return IntStream.rangeClosed(first, last);
  }

  /** The character, if any, whose name has this word as its hexadecimal suffix. */
  static int[] named(String word) {
    int codePoint = 0;
    for (int i = 0; i < word.length(); i++) {
      if (i == MOST_DIGITS || !HexFormat.isHexDigit(word.charAt(i))) {
        return NONE;
      }
      codePoint = codePoint * 16 + HexFormat.fromHexDigit(word.charAt(i));
    }
    boolean named = UnicodeNames.rule(codePoint).filter(NameRule::endsInHex).isPresent();
    return named && CharName.hex(codePoint).equals(word) ? new int[] {codePoint} : NONE;
  }
}
