package dev.sluice.http;

import dev.sluice.Limiter;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * Tells the lane of a server what the server still allows, as its responses say.
 *
 * @param limiter that of the policy
 * @param base where the requests go
 * @param lane the lane of the requests
 */
record QuotaWatch(Limiter limiter, HttpUrl base, String lane) {
  /** For requests to this URL. */
  static QuotaWatch of(Limiter limiter, HttpUrl url) {
    return new QuotaWatch(limiter, url, UrlText.lane(url));
  }

  /** Whether the limiter has a use for quotas. */
  boolean isOn() {
    return limiter.lanes() != null;
  }

  long counted() {
    return limiter.counted(lane);
  }

  /** A response has come to a request that was made when so many were counted. */
  void note(Response response, long countedThen) {
    HttpUrl url = response.request().url();
    if (url.host().equals(base.host()) && url.port() == base.port()) {
      RateLimitFields.of(response).ifPresent(quota -> limiter.announce(lane, quota, countedThen));
    }
  }
}
