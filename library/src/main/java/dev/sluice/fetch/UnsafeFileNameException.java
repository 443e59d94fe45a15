package dev.sluice.fetch;

import dev.sluice.RetryHint;
import java.io.IOException;

/** The file name of a key is not safe; see {@link dev.sluice.disk.FileName}. */
final class UnsafeFileNameException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;
  private static final String PARAMETER = "value: ";

  UnsafeFileNameException(Object key, IllegalArgumentException cause) {
    super(key + ": " + withoutParameter(String.valueOf(cause.getMessage())), cause);
  }

  /** The caller has not called the method whose parameter the message names. */
  private static String withoutParameter(String message) {
    return message.startsWith(PARAMETER) ? message.substring(PARAMETER.length()) : message;
  }

  @Override
  public boolean isTransient() {
    return false;
  }
}
