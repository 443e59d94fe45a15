package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.UTF_8;

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
      optimized(
          "content-security-policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
          "x-content-type-options",
          "nosniff",
          "referrer-policy",
          "no-referrer",
          "x-frame-options",
          "DENY",
          "cross-origin-opener-policy",
          "same-origin",
          "cross-origin-resource-policy",
          "same-origin");
  private static final CharSequence VARY = HttpHeaders.createOptimized("accept-encoding");

  private final HttpServerRequest request;
  private final HttpServerResponse response;

  Answers(HttpServerRequest request) {
    this.request = request;
    response = request.response();
    for (int i = 0; i < ALWAYS.length; i += 2) {
      response.putHeader(ALWAYS[i], ALWAYS[i + 1]);
    }
  }

  Answers with(CharSequence field, CharSequence value) {
    response.putHeader(field, value);
    return this;
  }

  /** Something that never changes. */
  void send(Content content) {
    with(HttpHeaders.CACHE_CONTROL, REVALIDATE).with(HttpHeaders.CONTENT_TYPE, content.type());
    if (!isKnown(content.tag())) {
      with(HttpHeaders.VARY, VARY);
      end(accepts() ? packed(content.packed()) : content.plain());
    }
  }

  /** JSON that was just made. */
  void send(String json) {
    with(HttpHeaders.CONTENT_TYPE, JSON).with(HttpHeaders.VARY, VARY);
    if (json.length() >= Gzip.LEAST_BYTES && accepts()) {
      end(packed(Buffer.buffer(Gzip.compress(json.getBytes(UTF_8)))));
    } else {
      end(Buffer.buffer(json));
    }
  }

  void refuse(int status, String why) {
    response.setStatusCode(status);
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
