package dev.sluice.http;

import dev.sluice.TerminalText;
import java.io.IOException;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * A call brought no usable response. The message has the method, the URL and what came, on one
 * line: {@code GET http://example.org/x: unexpected end of stream}. A user name and a password in
 * the URL are left out.
 */
public class CallException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The URL of the last request, after redirects. */
  private final String url;

  CallException(Request request, String what, @Nullable Throwable cause) {
    this(request.method(), request.url().toString(), what, cause);
  }

  /**
   * A failed call, for a fake in a test or a transport of your own.
   *
   * @param method {@code GET}, {@code POST} …
   * @param url the URL that was asked for
   * @param what what came instead of a response; the message has its first 200 characters
   * @param cause the error behind it, or null
   */
  public CallException(String method, String url, String what, @Nullable Throwable cause) {
    super(
        method
            + " "
            + TerminalText.escaped(UrlText.withoutUser(url))
            + ": "
            + TerminalText.line(what),
        cause);
    this.url = UrlText.withoutUser(url);
  }

  /** A failure whose URL is not known. */
  CallException(String what, Throwable cause) {
    super(TerminalText.line(what), cause);
    this.url = "";
  }

  /** {@return the URL of the last request, after redirects; empty when it is not known} */
  public final String url() {
    return url;
  }
}
