package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.RetryHint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A journal cannot be opened, read or written. The message names the file and the reason. */
public final class JournalException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the file and the reason
   * @param cause what the system said, or null
   */
  public JournalException(String message, @Nullable Throwable cause) {
    super(requireNonNull(message, "message"), cause);
  }

  /** {@return false: the journal has to be mended first} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
