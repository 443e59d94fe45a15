package dev.sluice.samples;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Reads URLs as people type them. */
public final class Urls {
  /**
   * User and password of a URL within a text. The second form has a slash, a question mark or a
   * number sign in the password: not allowed in a URL, but typed all the same. USER:PASSWORD is the
   * example in the samples' own messages.
   */
  private static final Pattern USER =
      Pattern.compile("//(?!USER:PASSWORD@)(?:[^/?#\\s@]*|[^/\\s:@]*:(?!\\d*[/?#])[^\\s@]*)@");

  /** The same without the slashes before it, which are left out by mistake. */
  private static final Pattern USER_ALONE =
      Pattern.compile("(?<![\\w/.%-])(?!USER:PASSWORD@)[^\\s/:@'\",]+:[^\\s/@'\"]+@");

  private static final Pattern HTTP =
      Pattern.compile("https?://[^/\\\\]", Pattern.CASE_INSENSITIVE);

  /** What stands in no URL, and may be the mistake of a list: two URLs in a line, half a code. */
  private static final Pattern MISTAKE = Pattern.compile("\\s|\\p{Cntrl}|\\\\|%(?![0-9A-Fa-f]{2})");

  private Urls() {}

  /** The text without the user and the password of any URL in it, for messages. */
  public static String withoutSecrets(String text) {
    return USER_ALONE.matcher(USER.matcher(text).replaceAll("//")).replaceAll("");
  }

  /** A text that should be a URL, for messages: a URL as it is, as that has no user. */
  public static String shown(String text) {
    return parse(text).isPresent() ? text : withoutSecrets(text);
  }

  /**
   * An http or https URL of a host, without a user; empty for anything else. A host that {@link
   * URI} does not know, because of an underscore or of letters outside ASCII, is one for OkHttp.
   * What a URL has only with a percent sign, such as {@code |} and {@code [}, is coded so: browsers
   * take it, too.
   */
  public static Optional<URI> parse(String text) {
    String typed = text.strip();
    HttpUrl url = HTTP.matcher(typed).lookingAt() ? HttpUrl.parse(typed) : null;
    if (url == null || !url.username().isEmpty() || !url.password().isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(typed);
      return uri.getHost() == null ? coded(url) : Optional.of(uri).filter(u -> !hasUser(u));
    } catch (URISyntaxException e) {
      return MISTAKE.matcher(typed).find() ? Optional.empty() : coded(url);
    }
  }

  private static Optional<URI> coded(HttpUrl url) {
    try {
      return Optional.of(url.uri()).filter(uri -> !hasUser(uri));
    } catch (RuntimeException e) {
      return Optional.empty(); // OkHttp takes hosts that no URI has, such as {mirror}.
    }
  }

  /** Why a text is no URL, if it is because of one character; empty for any other reason. */
  public static Optional<String> mistake(String text) {
    String typed = text.strip();
    Matcher mistake = MISTAKE.matcher(typed);
    if (!HTTP.matcher(typed).lookingAt() || !mistake.find()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (mistake.group()) {
          case "%" -> "after % two hexadecimal digits are missing; a percent sign itself is %25";
          case "\\" -> "a backslash in a URL is %5C";
          case " " -> "a blank in a URL is %20, and each URL has a line of its own";
          default -> "it has a control character";
        });
  }

  private static boolean hasUser(URI uri) {
    return String.valueOf(uri.getRawAuthority()).contains("@");
  }

  /** Host and port of a URL; its own text if it is not http or https. */
  static String hostAndPort(String text) {
    HttpUrl url = HttpUrl.parse(text);
    if (url == null) {
      return withoutSecrets(text);
    }
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return host + ":" + url.port();
  }

  /** The same without query and fragment: something that paths can be relative to. */
  public static Optional<URI> parseBase(String text) {
    return parse(text).filter(uri -> uri.getQuery() == null && uri.getFragment() == null);
  }
}
