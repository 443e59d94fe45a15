package dev.sluice.samples.mojifinder;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The response to one request: compressed if the client accepts it, 304 if nothing has changed. */
final class WebResponse {
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");

  /** The client must ask each time whether its copy is still valid. */
  static final CharSequence REVALIDATE = HttpHeaders.createOptimized("no-cache");

  /** Results change only when the server is updated. */
  static final CharSequence AN_HOUR = HttpHeaders.createOptimized("public, max-age=3600");

  static final CharSequence NEVER = HttpHeaders.createOptimized("no-store");

  private final HttpServerRequest request;
  private final HttpServerResponse response;

  WebResponse(HttpServerRequest request) {
    this.request = request;
    response = request.response();
    response.headers().setAll(ResponseHeaders.FOR_DATA);
    if (asksToClose(request.getHeader(HttpHeaders.CONNECTION))) {
      closeAfterwards();
    }
  }

  /** Vert.x only knows a field with this option alone. */
  private static boolean asksToClose(@Nullable String options) {
    return options != null
        && Stream.of(options.split(",", -1))
            .anyMatch(each -> each.strip().equalsIgnoreCase("close"));
  }

  /** Closes the connection when the response is sent, and tells the client so. */
  WebResponse closeAfterwards() {
    response.endHandler(sent -> request.connection().close());
    return with(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
  }

  WebResponse with(CharSequence field, CharSequence value) {
    response.putHeader(field, value);
    return this;
  }

  void send(StaticContent content) {
    if (content.isPage()) {
      ResponseHeaders.FOR_PAGES.forEach(response::putHeader);
    }
    with(HttpHeaders.CACHE_CONTROL, REVALIDATE).with(HttpHeaders.CONTENT_TYPE, content.type());
    if (!sentNotModified(content.tag())) {
      end(acceptsGzip() ? compressed(content.compressed()) : content.plain());
    }
  }

  void sendJson(Utf8 json) {
    with(HttpHeaders.CONTENT_TYPE, JSON);
    boolean compress = json.size() >= Gzip.LEAST_BYTES && acceptsGzip();
    end(compress ? compressed(Buffer.buffer(Gzip.compress(json.toBytes()))) : json.toBuffer());
  }

  /** Sends the rows from (inclusive) to (exclusive); many rows as a stream. */
  void sendRows(int[] codePoints, int from, int to) {
    if (to - from <= ResultStream.CHUNK_ROWS) {
      sendJson(Json.of(codePoints, from, to));
      return;
    }
    with(HttpHeaders.CONTENT_TYPE, JSON);
    boolean compress = acceptsGzip();
    if (compress) {
      with(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      ResultStream.send(response, codePoints, from, to, compress);
    }
  }

  void sendNothing() {
    response.setStatusCode(204).end();
  }

  void sendError(int status, String message) {
    response.setStatusCode(status);
    with(HttpHeaders.CACHE_CONTROL, NEVER).with(HttpHeaders.CONTENT_TYPE, JSON);
    end(Buffer.buffer(Json.error(message)));
  }

  /** Sends 304 and returns true if the client already has the version with this tag. */
  boolean sentNotModified(CharSequence tag) {
    with(HttpHeaders.ETAG, tag);
    if (!matches(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
      return false;
    }
    response.setStatusCode(304).end();
    return true;
  }

  private static boolean matches(@Nullable String tags, CharSequence tag) {
    return tags != null && (tags.equals("*") || tags.contains(tag));
  }

  private boolean acceptsGzip() {
    return Gzip.isAccepted(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
  }

  private Buffer compressed(Buffer body) {
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
