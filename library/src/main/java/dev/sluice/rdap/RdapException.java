package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import dev.sluice.RetryHint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The registry could not be asked, or somebody else answered; the message says what was asked and
 * what came.
 */
public final class RdapException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  RdapException(String message, @Nullable Throwable cause) {
    super(requireNonNull(message, "message"), cause);
  }

  /** {@return false: the same question would bring the same answer} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
