package dev.sluice.samples.mojifinder;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Refuses requests that break HTTP (RFC 9112) before the site sees them. */
final class RequestRules implements Handler<HttpServerRequest> {
  static final int MAX_LINE_BYTES = 4096;
  static final int MAX_HEADER_BYTES = 8192;

  private final Handler<HttpServerRequest> site;

  RequestRules(Handler<HttpServerRequest> site) {
    this.site = site;
  }

  @Override
  public void handle(HttpServerRequest request) {
    HttpVersion version = request.version();
    int hosts = request.headers().getAll(HttpHeaders.HOST).size();
    if (version == null) {
      refuse(request, 505, "this HTTP version is not supported: use HTTP/1.1");
    } else if (hosts > 1) {
      refuse(request, 400, "the request has more than one Host field");
    } else if (hosts == 0 && version == HttpVersion.HTTP_1_1) {
      refuse(request, 400, "the request has no Host field");
    } else if (hosts == 1 && request.authority() == null) {
      refuse(request, 400, "the Host field is not a host and port");
    } else {
      site.handle(request);
    }
  }

  /** Answers a request that could not be parsed. */
  static void refuseInvalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      refuse(request, 414, "the request line has more than " + MAX_LINE_BYTES + " bytes");
    } else if (cause instanceof TooLongHttpHeaderException) {
      refuse(request, 431, "the header fields have more than " + MAX_HEADER_BYTES + " bytes");
    } else {
      refuse(request, 400, "the request is not valid HTTP/1.1");
    }
  }

  private static void refuse(HttpServerRequest request, int status, String message) {
    new WebResponse(request).closeAfterwards().sendError(status, message);
  }
}
