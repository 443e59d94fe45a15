package dev.sluice.samples.mojifinder;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Refuses requests that break HTTP (RFC 9112) before the site sees them. */
final class RequestRules implements Handler<HttpServerRequest> {
  static final int MAX_LINE_BYTES = 4096;
  static final int MAX_HEADER_BYTES = 8192;

  private static final char DELETE = 127;

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
    } else if (hosts == 1 && !isHost(request.authority())) {
      refuse(request, 400, "the Host field is not a host and port");
    } else if (!isTarget(request.method(), request.uri())) {
      refuse(request, 400, "the target is not a path such as /search?q=cat");
    } else if (!isChunkedAtMost(request.headers().get(HttpHeaders.TRANSFER_ENCODING))) {
      refuse(request, 501, "the only transfer coding supported is chunked");
    } else {
      site.handle(request);
    }
  }

  private static boolean isHost(@Nullable HostAndPort authority) {
    return authority != null && !authority.host().isEmpty();
  }

  /** A path, a URL with a host and without a user, or what only one method has (RFC 9112, 3.2). */
  private static boolean isTarget(HttpMethod method, String target) {
    if (target.startsWith("/")) {
      return target.chars().allMatch(c -> c > ' ' && c < DELETE && c != '#');
    }
    if (target.equals("*")) {
      return method.equals(HttpMethod.OPTIONS);
    }
    return method.equals(HttpMethod.CONNECT) || isUrl(target);
  }

  private static boolean isUrl(String target) {
    try {
      URI url = new URI(target);
      return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
          && url.getRawUserInfo() == null
          && url.getRawFragment() == null
          && url.getRawAuthority() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Netty refuses all requests whose last coding is another one (RFC 9112, section 6.3). */
  private static boolean isChunkedAtMost(@Nullable String codings) {
    return codings == null || codings.strip().equalsIgnoreCase("chunked");
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
