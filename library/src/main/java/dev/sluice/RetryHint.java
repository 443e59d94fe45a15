package dev.sluice;

import java.time.Duration;
import java.util.Optional;

/**
 * What an {@link java.io.IOException} knows about another try. One that does not implement this is
 * taken to be passing: worth another try, at any time.
 */
public interface RetryHint {
  /** {@return whether the same request may fare better later} */
  boolean isTransient();

  /** {@return how long the other side asked to be left alone, if it did} */
  default Optional<Duration> retryAfter() {
    return Optional.empty();
  }
}
