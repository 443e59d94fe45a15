package dev.sluice.dns;

import dev.sluice.RetryHint;
import java.io.IOException;

/** A text that is no name of a domain: nobody was asked. The message says what is allowed. */
public final class BadNameException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  BadNameException(IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
  }

  /** {@return false: it will not become a name} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
