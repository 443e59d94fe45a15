package dev.sluice;

import java.time.Duration;

/**
 * What a server still allows until a moment, as it says in {@code RateLimit} fields.
 *
 * @param remaining how many requests are left; less than 0 counts as 0
 * @param reset how long until there are more; not negative
 */
public record Quota(long remaining, Duration reset) {
  /**
   * Checks the numbers.
   *
   * @param remaining how many requests are left
   * @param reset zero or longer
   */
  public Quota {
    remaining = Math.max(0, remaining);
    reset = DurationText.atMostForever(Check.notNegative(reset, "reset"));
  }
}
