package dev.sluice.samples.mojifinder;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Ranges of characters whose names follow a rule (The Unicode Standard, section 4.8): a prefix and
 * the code point in hexadecimal, or for Hangul the romanized syllable. The JDK decides which code
 * points of a range are assigned.
 */
final class NameRule {
  private static final int MOST_DIGITS = 5;
  private static final int[] NONE = {};

  static final List<NameRule> ALL =
      List.of(
          new NameRule(
              "HANGUL SYLLABLE ", HangulNames::romanized, HangulNames.FIRST, HangulNames.LAST),
          new NameRule("TANGUT IDEOGRAPH-", CharName::hex, 0x17000, 0x187FF, 0x18D00, 0x18D7F),
          new NameRule(
              "CJK UNIFIED IDEOGRAPH-",
              CharName::hex,
              0x3400,
              0x4DBF,
              0x4E00,
              0x9FFF,
              // The rest of plane 2: compatibility ideographs, whose names are listed.
              0x20000,
              0x2F7FF,
              0x30000,
              0x3FFFD));

  private final String prefix;
  private final IntFunction<String> suffix;
  private final int[] ranges;

  /**
   * @param ranges first and last, in ascending order
   */
  private NameRule(String prefix, IntFunction<String> suffix, int... ranges) {
    this.prefix = prefix;
    this.suffix = suffix;
    this.ranges = ranges;
  }

  String prefix() {
    return prefix;
  }

  /** The part of the name after the prefix. */
  String suffix(int codePoint) {
    return suffix.apply(codePoint);
  }

  /** Whether the suffix is the code point, which the index then does not need to hold. */
  boolean endsInHex() {
    return prefix.endsWith("-");
  }

  String name(int codePoint) {
    return prefix + suffix(codePoint);
  }

  /** Whether the code point, which must be assigned, is in one of the ranges. */
  boolean covers(int codePoint) {
    for (int i = 0; i < ranges.length; i += 2) {
      if (codePoint >= ranges[i] && codePoint <= ranges[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** All assigned code points, in ascending order. */
  IntStream codePoints() {
    return IntStream.range(0, ranges.length / 2)
        .flatMap(i -> IntStream.rangeClosed(ranges[2 * i], ranges[2 * i + 1]))
        .filter(Character::isDefined);
  }

  /** The rule that names this assigned code point. */
  static Optional<NameRule> of(int codePoint) {
    for (NameRule rule : ALL) {
      if (rule.covers(codePoint)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
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
    boolean named =
        Character.isDefined(codePoint) && of(codePoint).filter(NameRule::endsInHex).isPresent();
    return named && CharName.hex(codePoint).equals(word) ? new int[] {codePoint} : NONE;
  }
}
