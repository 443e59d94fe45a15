package dev.sluice;

import java.io.IOException;

/** A log that appends entries one by one threw what is no {@code IOException}: its cause. */
final class LogBugException extends IOException {
  private static final long serialVersionUID = 1L;

  private LogBugException(Throwable bug) {
    super(bug);
  }

  /** The failure as an {@code IOException}. */
  static IOException wrapped(Throwable failure) {
    return failure instanceof IOException e ? e : new LogBugException(failure);
  }

  /** What {@link #wrapped} was given. */
  static Throwable unwrapped(IOException failure) {
    Throwable bug = failure instanceof LogBugException ? failure.getCause() : null;
    return bug == null ? failure : bug;
  }
}
