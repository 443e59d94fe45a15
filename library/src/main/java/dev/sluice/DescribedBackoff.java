package dev.sluice;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A back-off that a policy's text can name.
 *
 * @param jitter the random source of its jitter; null without jitter
 */
record DescribedBackoff(Backoff backoff, String text, @Nullable DoubleSupplier jitter)
    implements Backoff {
  /** A wait of the server's grows by up to this share of it. */
  private static final double SHARE_OF_SERVERS_WAIT = 0.25;

  DescribedBackoff(Backoff backoff, String text) {
    this(backoff, text, null);
  }

  /** A wait that the server asks for, spread if the back-off has jitter; never shorter. */
  static Duration spread(Duration asked, Backoff backoff) {
    if (!(backoff instanceof DescribedBackoff described) || described.jitter == null) {
      return asked;
    }
    long more = spreadNanos(DurationText.nanos(asked), described.jitter.getAsDouble());
    return asked.plusNanos(more);
  }

  /**
   * How much is added to a wait that the server asks for.
   *
   * @param random from 0 to 1
   */
  static long spreadNanos(long asked, double random) {
    return (long) (asked * (SHARE_OF_SERVERS_WAIT * random));
  }

  @Override
  public Duration after(int failures) {
    return backoff.after(failures);
  }

  /** The text for any back-off; a lambda of the user has none. */
  static String describe(Backoff backoff) {
    return backoff instanceof DescribedBackoff described ? described.text() : "its own back-off";
  }

  @Override
  public String toString() {
    return text;
  }
}
