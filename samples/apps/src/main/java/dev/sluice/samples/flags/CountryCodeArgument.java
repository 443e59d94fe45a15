package dev.sluice.samples.flags;

import dev.sluice.flags.CountryCode;
import java.util.List;

/** The codes that one argument stands for. */
final class CountryCodeArgument {
  private CountryCodeArgument() {}

  /**
   * A code, or the 26 that start with a letter.
   *
   * @throws IllegalArgumentException if it is neither; the message says what is allowed
   */
  static List<CountryCode> parse(String text) {
    try {
      return text.length() == 1
          ? CountryCode.startingWith(text.charAt(0))
          : List.of(CountryCode.of(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is not a country code: allowed are AA to ZZ, and A to Z for all that start so"
              .formatted(text),
          e);
    }
  }
}
