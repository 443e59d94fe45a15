package dev.sluice.http;

import dev.sluice.RetryHint;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * A whole body came, but not what was expected: HTML instead of an image, JSON of another type.
 * {@link dev.sluice.Retry} does not repeat such a call: the same request would bring the same body.
 */
public final class ContentException extends CallException implements RetryHint {
  private static final long serialVersionUID = 1L;

  /**
   * A GET that brought the wrong content.
   *
   * @param url the URL that was asked for
   * @param what what came instead; the message has its first 200 characters
   * @param cause the error of the parser, or null
   */
  public ContentException(String url, String what, @Nullable Throwable cause) {
    super("GET", url, what, cause);
  }

  ContentException(Request request, String what, @Nullable Throwable cause) {
    super(request, what, cause);
  }

  ContentException(String what, Throwable cause) {
    super(what, cause);
  }

  /** {@return false: another attempt would bring the same} */
  @Override
  public boolean isTransient() {
    return false;
  }
}
