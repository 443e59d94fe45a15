package dev.sluice.http;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Keeps the headers of the client, its credentials and those of the call from other servers: a
 * redirect to another scheme, host or port goes on without them (RFC 9110, section 15.4). The
 * headers of a call that say which content is wanted stay.
 */
final class OriginGuard implements Interceptor {
  private static final Set<String> NEUTRAL =
      Set.of(
          "a-im",
          "accept",
          "accept-charset",
          "accept-encoding",
          "accept-language",
          "cache-control",
          "connection",
          "content-encoding",
          "content-language",
          "content-length",
          "content-type",
          "expect",
          "host",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "pragma",
          "range",
          "transfer-encoding",
          "user-agent");

  private final HttpUrl base;
  private final HttpOptions options;

  OriginGuard(HttpUrl base, HttpOptions options) {
    this.base = base;
    this.options = options;
  }

  /** The first request of a call: a tag, which the requests of its redirects keep. */
  private record First(HttpUrl url, Headers headers) {}

  /** {@return the first request of a call, with a note for those of its redirects} */
  static Request noted(Request first) {
    return first.newBuilder().tag(First.class, new First(first.url(), first.headers())).build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(checked(chain.request()));
  }

  Request checked(Request request) {
    HttpUrl url = request.url();
    First first = request.tag(First.class);
    boolean isRedirected = first != null && !UrlText.isSameOrigin(first.url, url);
    boolean isElsewhere = !UrlText.isSameOrigin(base, url);
    if (!isRedirected && !isElsewhere) {
      return request;
    }
    Request.Builder bare = request.newBuilder();
    if (first != null && isRedirected) {
      removeOfCall(request, bare, first.headers);
    }
    if (isElsewhere) {
      removeOfClient(request, bare);
    }
    return bare.build();
  }

  /** A cookie that OkHttp has for the other server may stay: it differs from that of the call. */
  private static void removeOfCall(Request request, Request.Builder bare, Headers headers) {
    for (String name : headers.names()) {
      boolean isNeutral = NEUTRAL.contains(name.toLowerCase(Locale.ROOT));
      if (!isNeutral && headers.values(name).equals(request.headers(name))) {
        bare.removeHeader(name);
      }
    }
  }

  private void removeOfClient(Request request, Request.Builder bare) {
    options.headers().forEach((name, value) -> removeOwn(request, bare, name, value));
    Authorization authorization = options.authorization();
    if (authorization != null) {
      removeOwn(request, bare, "Authorization", authorization.value());
    }
  }

  /** A value that the interface set for this call may stay: its author chose the URL as well. */
  private static void removeOwn(Request request, Request.Builder bare, String name, String value) {
    if (value.equals(request.header(name))) {
      bare.removeHeader(name);
    }
  }
}
