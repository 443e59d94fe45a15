package dev.sluice.fetch;

import dev.sluice.RetryHint;
import dev.sluice.disk.DiskException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Segments of a file are missing. The next attempt fetches them: a {@code Retry-After} was for the
 * request of a segment, and the first request was answered.
 */
final class SegmentException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is missing.
   *
   * @param cause why; null if they only were not requested yet
   */
  SegmentException(String message, @Nullable IOException cause) {
    super(cause == null ? message : message + ": " + cause.getMessage(), cause);
  }

  /** Whether other segments of the file would fail as well. */
  boolean concernsAll() {
    return getCause() instanceof IOException cause && concernsAll(cause);
  }

  /** Whether a failure is not that of one segment, but of how many or which are requested. */
  static boolean concernsAll(IOException failure) {
    boolean isOverload = failure instanceof RetryHint hint && hint.isOverload();
    return isOverload
        || failure instanceof RefusedSegmentException
        || failure instanceof DiskException;
  }
}
