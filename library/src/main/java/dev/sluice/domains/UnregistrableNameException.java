package dev.sluice.domains;

import static java.util.Objects.requireNonNull;

import dev.sluice.RetryHint;
import java.io.IOException;

/** A text is a domain name, but none that a registry registers. The message says why. */
public final class UnregistrableNameException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  UnregistrableNameException(String message) {
    super(requireNonNull(message, "message"));
  }

  /** {@return false: a retry would fail in the same way} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
