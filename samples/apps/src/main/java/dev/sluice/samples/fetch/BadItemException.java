package dev.sluice.samples.fetch;

import dev.sluice.RetryHint;
import java.io.IOException;

/** An item of a list that cannot be downloaded as it is written; the message says what is wrong. */
final class BadItemException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  BadItemException(String message) {
    super(message);
  }

  /** {@return false: the list has to change} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
