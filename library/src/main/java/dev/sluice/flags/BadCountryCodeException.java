package dev.sluice.flags;

import dev.sluice.RetryHint;
import java.io.IOException;

/** Text that is no country code; the message repeats it. */
public final class BadCountryCodeException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  BadCountryCodeException(IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
  }

  /** {@return false: the text stays the same} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
