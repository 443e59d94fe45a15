package dev.sluice;

import java.time.Duration;
import java.util.Optional;

/**
 * What an {@link java.io.IOException} says about another attempt. An exception that does not
 * implement this is taken for transient: worth another attempt at any time.
 */
public interface RetryHint {
  /** {@return whether the same request may succeed later} */
  boolean isTransient();

  /** {@return how long the server asked to wait before the next request, if it did} */
  default Optional<Duration> retryAfter() {
    return Optional.empty();
  }

  /**
   * {@return whether the server has too much to do, and should be left alone for a while}
   *
   * <p>False by default. It parks the lane of a limiter with {@linkplain Lanes#withParking
   * parking}.
   */
  default boolean isOverload() {
    return false;
  }
}
