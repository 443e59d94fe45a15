package dev.sluice.samples.mojifinder;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Characters whose names the standard gives by a rule instead of a list (The Unicode Standard,
 * section 4.8). Which of them exist is for the JDK to say: its tables grow with its version.
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
              // The rest of plane 2 are compatibility ideographs, which are listed.
              0x20000,
              0x2F7FF,
              0x30000,
              0x3FFFD));

  private final String beginning;
  private final IntFunction<String> end;
  private final int[] ranges;

  /**
   * @param ranges first and last, in ascending order
   */
  private NameRule(String beginning, IntFunction<String> end, int... ranges) {
    this.beginning = beginning;
    this.end = end;
    this.ranges = ranges;
  }

  /** What all of these names have in common. */
  String beginning() {
    return beginning;
  }

  /** What a name has of its own. */
  String end(int codePoint) {
    return end.apply(codePoint);
  }

  /**
   * Whether the end of a name is the number of the character, so that no index needs to hold it.
   */
  boolean endsInHex() {
    return beginning.endsWith("-");
  }

  String name(int codePoint) {
    return beginning + end(codePoint);
  }

  /** Of assigned code points only. */
  boolean covers(int codePoint) {
    for (int i = 0; i < ranges.length; i += 2) {
      if (codePoint >= ranges[i] && codePoint <= ranges[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** All that are assigned, in ascending order. */
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

  /** The one character, if any, that this word at the end of a name tells by its number. */
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
