package dev.sluice.fetch;

import dev.sluice.RetryHint;
import java.io.IOException;

/** The file name of a key is not safe; see {@link dev.sluice.disk.FileName}. */
final class UnsafeFileNameException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  UnsafeFileNameException(String message, IllegalArgumentException cause) {
    super(message, cause);
  }

  @Override
  public boolean isTransient() {
    return false;
  }
}
