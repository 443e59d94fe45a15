package dev.sluice.samples.flags;

import dev.sluice.flags.CountryCode;
import java.util.List;

/** Reads an argument that stands for one or more country codes. */
final class CountryCodeArgument {
  private CountryCodeArgument() {}

  /**
   * One code, or the 26 codes that start with a letter.
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
