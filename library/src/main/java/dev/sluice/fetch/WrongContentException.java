package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import dev.sluice.RetryHint;
import java.io.IOException;

/**
 * A whole file came, but not the expected one: another checksum or another size, or it is longer
 * than allowed. The message has what was expected and what came. Nothing of it stays on the disk.
 */
public final class WrongContentException extends IOException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the URL, what was expected and what came
   */
  public WrongContentException(String message) {
    super(requireNonNull(message, "message"));
  }

  /** {@return false: the same URL brings the same content; a mirror may bring another} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
