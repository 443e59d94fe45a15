package dev.sluice.disk;

import static java.util.Objects.requireNonNull;

import dev.sluice.RetryHint;
import java.io.IOException;

/** Another process, or another download of this one, is writing the same file at the moment. */
public final class BusyFileException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the file name, and what writes it
   */
  public BusyFileException(String message) {
    super(requireNonNull(message, "message"));
  }

  /** {@return true: the other writer ends} */
  @Override
  public boolean isTransient() {
    return true;
  }
}
