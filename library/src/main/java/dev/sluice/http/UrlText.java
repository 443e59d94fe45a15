package dev.sluice.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** URLs in messages, which end in logs: without a user and a password. */
final class UrlText {
  /** Scheme and slashes, as OkHttp and browsers read them, and the rest. */
  private static final Pattern PARTS =
      Pattern.compile("((?:[a-zA-Z][a-zA-Z0-9+.-]*:)?[/\\\\]*)(.*)", Pattern.DOTALL);

  /** Host and port, before a path, a query or a fragment that may have an @. */
  private static final Pattern HOST =
      Pattern.compile("[^:@/?#\\\\]*(:\\d*)?[/?#].*", Pattern.DOTALL);

  private UrlText() {}

  /**
   * {@return the text of a URL, also of one that cannot be parsed}
   *
   * <p>A password may hold any sign when it is typed or sent unescaped, so without a clear host
   * everything up to the last @ is left out.
   */
  static String withoutUser(String url) {
    if (url.indexOf('@') < 0) {
      return url;
    }
    HttpUrl parsed = HttpUrl.parse(url);
    if (parsed != null) {
      return hasUser(parsed) ? withoutUser(parsed).toString() : url;
    }
    Matcher parts = PARTS.matcher(url);
    String rest = parts.matches() ? parts.group(2) : url;
    boolean isAddress = rest.indexOf(':') < 0 && !url.contains("//") && !url.contains("\\");
    if (isAddress || HOST.matcher(rest).matches()) {
      return url; // mailto:me@example.org, ftp://example.org/@me
    }
    return url.substring(0, url.length() - rest.length())
        + rest.substring(rest.lastIndexOf('@') + 1);
  }

  /** {@return a {@code Location} as the server sent it, unless it has a user} */
  static String location(HttpUrl base, String location) {
    HttpUrl target = location.indexOf('@') < 0 ? null : base.resolve(location);
    if (target == null) {
      return withoutUser(location);
    }
    return hasUser(target) ? withoutUser(target).toString() : location;
  }

  /** {@return the name of the lane of requests to this URL} */
  static String lane(HttpUrl url) {
    return url.host() + ":" + url.port();
  }

  static HttpUrl withoutUser(HttpUrl url) {
    return url.newBuilder().username("").password("").build();
  }

  private static boolean hasUser(HttpUrl url) {
    return !url.username().isEmpty() || !url.password().isEmpty();
  }

  /** Same scheme, host and port (RFC 6454). */
  static boolean isSameOrigin(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }
}
