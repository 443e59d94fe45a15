package dev.sluice.samples.mojifinder;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** How this server answers: with no more than a client needs, and small. */
final class WebResponse {
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");

  /** Ask first whether it has changed. */
  static final CharSequence REVALIDATE = HttpHeaders.createOptimized("no-cache");

  /** Names change when the server's Java does. */
  static final CharSequence AN_HOUR = HttpHeaders.createOptimized("public, max-age=3600");

  static final CharSequence NEVER = HttpHeaders.createOptimized("no-store");

  private final HttpServerRequest request;
  private final HttpServerResponse response;

  WebResponse(HttpServerRequest request) {
    this.request = request;
    response = request.response();
  }

  WebResponse with(CharSequence field, CharSequence value) {
    response.putHeader(field, value);
    return this;
  }

  /** Something that never changes. */
  void send(StaticContent content) {
    with(HttpHeaders.CACHE_CONTROL, REVALIDATE).with(HttpHeaders.CONTENT_TYPE, content.type());
    if (!isKnown(content.tag())) {
      end(accepts() ? packed(content.packed()) : content.plain());
    }
  }

  /** JSON that was just made. */
  void send(Utf8 json) {
    with(HttpHeaders.CONTENT_TYPE, JSON);
    boolean smaller = json.size() >= Gzip.LEAST_BYTES && accepts();
    end(smaller ? packed(Buffer.buffer(Gzip.compress(json.toBytes()))) : json.toBuffer());
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
    if (request.method().equals(HttpMethod.HEAD)) {
      with(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
      response.end();
    } else {
      response.end(body);
    }
  }
}
