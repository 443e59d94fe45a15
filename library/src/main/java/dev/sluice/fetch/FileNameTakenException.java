package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.RetryHint;
import java.io.IOException;

/** Another key of the same run has a file of this name; the message has both. */
public final class FileNameTakenException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the file name, and the key that had it first
   */
  public FileNameTakenException(String message) {
    super(requireNonNull(message, "message"));
  }

  /** {@return false: the other file stays} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
