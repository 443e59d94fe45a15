package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.RetryHint;
import java.io.IOException;

/** The body of a download brought no byte for too long; see {@link Downloads#withStallTimeout}. */
public final class StalledException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the URL, and for how long no byte came
   */
  public StalledException(String message) {
    super(requireNonNull(message, "message"));
  }

  /** {@return true: another attempt goes on behind the bytes that came} */
  @Override
  public boolean isTransient() {
    return true;
  }
}
