package dev.sluice.samples.servers.http;

import dev.sluice.samples.Durations;
import dev.sluice.samples.ParsedOption;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long an answer is delayed: a random duration between two bounds, evenly distributed.
 *
 * @param min the shortest delay
 * @param max the longest delay, at most an hour
 */
public record DelayRange(Duration min, Duration max) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /** No delay at all. */
  public static final DelayRange NONE = new DelayRange(Duration.ZERO, Duration.ZERO);

  public DelayRange {
    if (min.isNegative() || min.compareTo(max) > 0 || max.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a delay out of range: allowed is MIN..MAX, with 0 <= MIN <= MAX <= 1h");
    }
  }

  /**
   * Reads {@code 0.5..5}, {@code 500ms..5s}, or a single duration for both bounds.
   *
   * @throws IllegalArgumentException if the text is neither; the message says what is allowed
   */
  public static DelayRange parse(String text) {
    int dots = text.indexOf("..");
    Duration min = Durations.parse(dots < 0 ? text : text.substring(0, dots));
    Duration max = dots < 0 ? min : Durations.parse(text.substring(dots + 2));
    try {
      return new DelayRange(min, max);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
    }
  }

  /** A random delay in this range. */
  public Duration drawnBy(RandomGenerator random) {
    long spread = max.minus(min).toNanos();
    return spread == 0 ? min : min.plusNanos(random.nextLong(spread + 1));
  }

  /** Reads the option {@code --delay}. */
  public static final class Converter extends ParsedOption<DelayRange> {
    public Converter() {
      super(DelayRange::parse);
    }
  }
}
