package dev.sluice.http;

import java.io.IOException;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** A call brought no usable answer; the message says what was asked and what came. */
public class CallException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 200;

  /** What was asked, after redirects. */
  private final String url;

  CallException(Request request, String what, @Nullable Throwable cause) {
    this(request.method(), withoutSecrets(request.url().toString()), what, cause);
  }

  CallException(String method, String url, String what, @Nullable Throwable cause) {
    super(method + " " + url + ": " + oneLine(what), cause);
    this.url = url;
  }

  /** {@return the URL that was asked, after redirects} */
  public final String url() {
    return url;
  }

  /** A user name and a password may stand in a URL, and messages end in logs. */
  static String withoutSecrets(String url) {
    return url.replaceFirst("//[^/?#]*@", "//");
  }

  /** A server may say anything; it shall not steer the terminal that shows it. */
  private static String oneLine(String what) {
    String line = what.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
