package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Requests without conditions and ranges. */
final class PlainRequest {
  private PlainRequest() {}

  /** With the user of the URL. */
  static Request.Builder of(URI url) {
    HttpUrl target = requireNonNull(HttpUrl.get(url), "url");
    // Lengths and ranges count the bytes as they are sent, so nothing may be coded on the way.
    Request.Builder request =
        new Request.Builder().url(target).header("Accept-Encoding", "identity");
    if (!target.username().isEmpty()) {
      request.header("Authorization", Credentials.basic(target.username(), target.password()));
    }
    return request;
  }
}
