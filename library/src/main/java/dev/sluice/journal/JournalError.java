package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.RetryHint;
import java.io.IOException;

/**
 * Why a key has failed, as its line in a journal says.
 *
 * @param kind the simple name of the exception's class
 * @param message the exception's message
 * @param isRetryable whether the same request may succeed later, see {@link RetryHint}
 */
public record JournalError(String kind, String message, boolean isRetryable) {
  /**
   * Checks for null.
   *
   * @param kind the simple name of the exception's class
   * @param message the exception's message
   * @param isRetryable whether the same request may succeed later
   */
  public JournalError {
    requireNonNull(kind, "kind");
    requireNonNull(message, "message");
  }

  /**
   * {@return what a journal keeps of an exception}
   *
   * @param cause of a failure, or a late error
   */
  public static JournalError of(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return new JournalError(
        name.isEmpty() ? cause.getClass().getName() : name,
        String.valueOf(cause.getMessage()),
        cause instanceof RetryHint hint ? hint.isTransient() : cause instanceof IOException);
  }
}
