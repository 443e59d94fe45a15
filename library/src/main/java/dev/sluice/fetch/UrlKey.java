package dev.sluice.fetch;

import java.net.URI;
import java.util.regex.Pattern;

/** URLs in records, which lie in files: without a user and a password, and without a fragment. */
final class UrlKey {
  private static final Pattern USER = Pattern.compile("^([a-zA-Z]+://)[^/?#]*@");

  private UrlKey() {}

  static String of(URI url) {
    String whole = url.toString();
    String text = whole.indexOf('@') < 0 ? whole : USER.matcher(whole).replaceFirst("$1");
    int fragment = text.indexOf('#');
    return fragment < 0 ? text : text.substring(0, fragment);
  }

  /** The same as a URL, for results, which end in logs. */
  static URI safe(URI url) {
    String key = of(url);
    return key.equals(url.toString()) ? url : URI.create(key);
  }
}
