package dev.sluice.http;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Keeps the headers of the client and its credentials from other servers: a redirect to another
 * scheme, host or port goes on without them.
 */
final class OriginGuard implements Interceptor {
  private final HttpUrl base;
  private final HttpOptions options;

  OriginGuard(HttpUrl base, HttpOptions options) {
    this.base = base;
    this.options = options;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(checked(chain.request()));
  }

  Request checked(Request request) {
    if (UrlText.isSameOrigin(base, request.url())) {
      return request;
    }
    Request.Builder bare = request.newBuilder();
    options.headers().forEach((name, value) -> removeOwn(request, bare, name, value));
    Authorization authorization = options.authorization();
    if (authorization != null) {
      removeOwn(request, bare, "Authorization", authorization.value());
    }
    return bare.build();
  }

  /** A value that the interface set for this call may stay: its author chose the URL as well. */
  private static void removeOwn(Request request, Request.Builder bare, String name, String value) {
    if (value.equals(request.header(name))) {
      bare.removeHeader(name);
    }
  }
}
