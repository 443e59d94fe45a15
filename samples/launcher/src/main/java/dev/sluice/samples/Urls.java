package dev.sluice.samples;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Reads URLs as people type them. */
public final class Urls {
  private Urls() {}

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
