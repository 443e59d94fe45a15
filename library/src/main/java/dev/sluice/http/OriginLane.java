package dev.sluice.http;

import java.net.URI;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The lane of the URLs of one origin. The last one is kept: most runs ask few servers, and to
 * compare two origins costs much less than to parse a URL.
 *
 * @param scheme of the URLs, as they are written
 * @param authority of the URLs, as they are written
 * @param lane host and port
 */
record OriginLane(String scheme, @Nullable String authority, String lane) {
  private static volatile @Nullable OriginLane last;

  /** Throws an IllegalArgumentException unless it is an http or https URL. */
  static OriginLane of(URI url) {
    OriginLane known = last;
    if (known == null || !known.has(url)) {
      known = parsed(url);
      last = known;
    }
    return known;
  }

  private boolean has(URI url) {
    return scheme.equals(url.getScheme())
        && authority != null
        && authority.equals(url.getRawAuthority());
  }

  private static OriginLane parsed(URI url) {
    HttpUrl parsed = HttpUrl.get(url);
    if (parsed == null) {
      throw new IllegalArgumentException(
          "url: " + UrlText.withoutUser(url.toString()) + ", must be an http or https URL");
    }
    return new OriginLane(url.getScheme(), url.getRawAuthority(), UrlText.lane(parsed));
  }
}
