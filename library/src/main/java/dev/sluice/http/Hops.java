package dev.sluice.http;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The rules for each request and response of a call over a {@link Transport}: those that OkHttp has
 * as network interceptors, and the redirects that OkHttp follows.
 */
final class Hops {
  private static final int MOST = 20;

  private final OriginGuard origins;
  private final LoopGuard loops = new LoopGuard(false);

  Hops(OriginGuard origins) {
    this.origins = origins;
  }

  /** The request as it is sent. */
  Request sent(Request hop) {
    return GzipBodies.asking(origins.checked(hop));
  }

  /**
   * {@return the response to a request, with a decoded body}
   *
   * @param hop the request as {@link #next} made it
   */
  Response checked(Request hop, Response response) throws IOException {
    Request sent = response.request();
    Response timed =
        LocationOctets.encoded(response)
            .newBuilder()
            .receivedResponseAtMillis(System.currentTimeMillis())
            .build();
    loops.checked(sent, timed);
    DowngradeGuard.checked(sent, timed);
    return GzipBodies.decoded(sent, ResponseHeadRules.checked(timed))
        .newBuilder()
        .request(hop)
        .build();
  }

  /**
   * {@return the request that a redirect leads to, as OkHttp makes it; null for any other response}
   *
   * @param followed how many redirects of this call were followed
   */
  static @Nullable Request next(Request hop, Response response, int followed) throws IOException {
    String location = response.isRedirect() ? response.header("Location") : null;
    HttpUrl target = location == null ? null : hop.url().resolve(location);
    boolean isSafe = hop.method().equals("GET") || hop.method().equals("HEAD");
    boolean keepsMethod = response.code() == 307 || response.code() == 308;
    if (target == null || (keepsMethod && !isSafe)) {
      return null;
    }
    if (followed == MOST) {
      throw new ProtocolException("Too many follow-up requests: " + (MOST + 1));
    }
    Request.Builder next = hop.newBuilder().url(target);
    if (!isSafe) {
      next.method("GET", null)
          .removeHeader("Transfer-Encoding")
          .removeHeader("Content-Length")
          .removeHeader("Content-Type");
    }
    if (!UrlText.isSameOrigin(hop.url(), target)) {
      next.removeHeader("Authorization");
    }
    return next.build();
  }
}
