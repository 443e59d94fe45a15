package dev.sluice.samples;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads URLs as people type them. */
public final class Urls {
  /**
   * User and password of a URL within a text. The second form has a slash, a question mark or a
   * number sign in the password: not allowed in a URL, but typed all the same. USER:PASSWORD is the
   * example in the samples' own messages.
   */
  private static final Pattern USER =
      Pattern.compile("//(?!USER:PASSWORD@)(?:[^/?#\\s@]*|[^/\\s:@]*:(?!\\d*[/?#])[^\\s@]*)@");

  private Urls() {}

  /** The text without the user and the password of any URL in it, for messages. */
  public static String withoutSecrets(String text) {
    return USER.matcher(text).replaceAll("//");
  }

  /** An http or https URL of a host, without a user; empty for anything else. */
  public static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text.strip());
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean http = scheme.equals("http") || scheme.equals("https");
      return http && uri.getHost() != null && uri.getUserInfo() == null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The same without query and fragment: something that paths can be relative to. */
  public static Optional<URI> parseBase(String text) {
    return parse(text).filter(uri -> uri.getQuery() == null && uri.getFragment() == null);
  }
}
