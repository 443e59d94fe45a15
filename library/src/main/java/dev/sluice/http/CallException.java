package dev.sluice.http;

import java.io.IOException;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** A call brought no usable answer; the message says what was asked and what came. */
public class CallException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What was asked, after redirects. */
  private final String url;

  CallException(Request request, String what, @Nullable Throwable cause) {
    this(request.method(), request.url().toString(), what, cause);
  }

  CallException(String method, String url, String what, @Nullable Throwable cause) {
    super(method + " " + url + ": " + what, cause);
    this.url = url;
  }

  /** {@return the URL that was asked, after redirects} */
  public final String url() {
    return url;
  }
}
