package dev.sluice.samples.servers.http;

import dev.sluice.samples.ParsedOption;

/** Reads the option {@code --seed}. */
public final class SeedOption extends ParsedOption<Long> {
  public SeedOption() {
    super(SeedOption::parse);
  }

  private static long parse(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not a seed: allowed are %d to %d"
              .formatted(text, Long.MIN_VALUE, Long.MAX_VALUE),
          e);
    }
  }
}
