package dev.sluice.rdap;

import static java.util.Objects.requireNonNull;

import dev.sluice.RetryHint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A registry could not be asked, or another server answered in its place. The message says what was
 * asked and what came.
 */
public final class RdapException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /**
   * A failed lookup.
   *
   * @param message what was asked and what came
   * @param cause the exception behind it, or null
   */
  public RdapException(String message, @Nullable Throwable cause) {
    super(requireNonNull(message, "message"), cause);
  }

  /** {@return false: a retry would fail in the same way} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
