package dev.sluice.http;

import dev.sluice.RetryHint;
import org.jspecify.annotations.Nullable;

/** The body came whole, but is not what it should be: HTML for an image, garbage for JSON. */
public final class ContentException extends CallException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /**
   * A failure of what a GET brought.
   *
   * @param url what was asked for
   * @param what what came instead, on one line
   * @param cause who found it, or null
   */
  public ContentException(String url, String what, @Nullable Throwable cause) {
    super("GET", url, what, cause);
  }

  /** {@return false: the same question would bring the same answer} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
