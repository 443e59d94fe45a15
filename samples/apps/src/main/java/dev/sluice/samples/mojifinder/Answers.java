package dev.sluice.samples.mojifinder;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** How this server answers: with the fields that keep a browser out of trouble, and small. */
final class Answers {
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");

  /** Ask first whether it has changed. */
  static final CharSequence REVALIDATE = HttpHeaders.createOptimized("no-cache");

  /** Names change when the server's Java does. */
  static final CharSequence AN_HOUR = HttpHeaders.createOptimized("public, max-age=3600");

  static final CharSequence NEVER = HttpHeaders.createOptimized("no-store");

  private static final CharSequence[] ALWAYS =
      optimized("x-content-type-options", "nosniff", "cross-origin-resource-policy", "same-origin");

  /** For what a browser shows as a page. */
  private static final CharSequence[] ON_A_PAGE =
      optimized(
          "content-security-policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
          "referrer-policy",
          "no-referrer",
          "x-frame-options",
          "DENY",
          "cross-origin-opener-policy",
          "same-origin",
          "permissions-policy",
          "camera=(), geolocation=(), microphone=()");

  /** For JSON, should somebody look at it in a browser. */
  private static final CharSequence[] ON_DATA =
      optimized("content-security-policy", "default-src 'none'; frame-ancestors 'none'");

  private static final CharSequence VARY = HttpHeaders.createOptimized("accept-encoding");

  private final HttpServerRequest request;
  private final HttpServerResponse response;

  Answers(HttpServerRequest request) {
    this.request = request;
    response = request.response();
    with(ALWAYS);
  }

  private void with(CharSequence[] fields) {
    for (int i = 0; i < fields.length; i += 2) {
      response.putHeader(fields[i], fields[i + 1]);
    }
  }

  Answers with(CharSequence field, CharSequence value) {
    response.putHeader(field, value);
    return this;
  }

  /** Something that never changes. */
  void send(Content content) {
    with(ON_A_PAGE);
    with(HttpHeaders.CACHE_CONTROL, REVALIDATE).with(HttpHeaders.CONTENT_TYPE, content.type());
    if (!isKnown(content.tag())) {
      with(HttpHeaders.VARY, VARY);
      end(accepts() ? packed(content.packed()) : content.plain());
    }
  }

  /** JSON that was just made. */
  void send(byte[] json) {
    with(ON_DATA);
    with(HttpHeaders.CONTENT_TYPE, JSON).with(HttpHeaders.VARY, VARY);
    boolean smaller = json.length >= Gzip.LEAST_BYTES && accepts();
    end(smaller ? packed(Buffer.buffer(Gzip.compress(json))) : Buffer.buffer(json));
  }

  void refuse(int status, String why) {
    response.setStatusCode(status);
    with(ON_DATA);
    with(HttpHeaders.CACHE_CONTROL, NEVER).with(HttpHeaders.CONTENT_TYPE, JSON);
    end(Buffer.buffer(Json.error(why)));
  }

  /** Whether the client has this version already; then it has been told so. */
  boolean isKnown(String tag) {
    with(HttpHeaders.ETAG, tag);
    if (!names(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
      return false;
    }
    response.setStatusCode(304).end();
    return true;
  }

  private static boolean names(@Nullable String tags, String tag) {
    return tags != null && (tags.equals("*") || tags.contains(tag));
  }

  private boolean accepts() {
    return Gzip.isAccepted(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
  }

  private Buffer packed(Buffer body) {
    with(HttpHeaders.CONTENT_ENCODING, "gzip");
    return body;
  }

  private void end(Buffer body) {
    response.end(body);
  }

  private static CharSequence[] optimized(String... fields) {
    CharSequence[] optimized = new CharSequence[fields.length];
    for (int i = 0; i < fields.length; i++) {
      optimized[i] = HttpHeaders.createOptimized(fields[i]);
    }
    return optimized;
  }
}
