package dev.sluice.dns;

import dev.sluice.RetryHint;
import java.io.IOException;

/** A text is no domain name, so no query was sent. The message says what is allowed. */
public final class BadNameException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  BadNameException(IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
  }

  /** {@return false: a retry would fail in the same way} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
