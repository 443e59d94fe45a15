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
  /** A message may quote a whole response. */
  private static final int MOST_CHARS = 64 * 1024;

  private static final String ELLIPSIS = "…";

  /**
   * Checks for null, and cuts texts of more than 65536 characters.
   *
   * @param kind the simple name of the exception's class
   * @param message the exception's message
   * @param isRetryable whether the same request may succeed later
   */
  public JournalError {
    kind = cut(requireNonNull(kind, "kind"));
    message = cut(requireNonNull(message, "message"));
  }

  private static String cut(String text) {
    if (text.length() <= MOST_CHARS) {
      return text;
    }
    int end = MOST_CHARS - ELLIPSIS.length();
    boolean splitsPair =
        Character.isHighSurrogate(text.charAt(end - 1))
            && Character.isLowSurrogate(text.charAt(end));
    return text.substring(0, splitsPair ? end - 1 : end) + ELLIPSIS;
  }

  /**
   * {@return what a journal keeps of an exception}
   *
   * @param cause of a failure, or a late error
   */
  public static JournalError of(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return new JournalError(
        name.isEmpty() ? cause.getClass().getName() : name, message(cause), isRetryable(cause));
  }

  // Exceptions of foreign code may throw. That must not make a bug of an expected failure.

  private static String message(Throwable cause) {
    try {
      return String.valueOf(cause.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      return cause.getClass().getName();
    }
  }

  private static boolean isRetryable(Throwable cause) {
    try {
      return cause instanceof RetryHint hint ? hint.isTransient() : cause instanceof IOException;
    } catch (RuntimeException | StackOverflowError e) {
      return false;
    }
  }
}
