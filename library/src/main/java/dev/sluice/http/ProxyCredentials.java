package dev.sluice.http;

import java.io.IOException;
import java.net.Proxy;
import okhttp3.Authenticator;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Sends the credentials of a {@link ProxyEnvironment} to its proxies: with each http request, and
 * with the CONNECT request that opens a tunnel for https.
 */
final class ProxyCredentials implements Interceptor, Authenticator {
  private static final String HEADER = "Proxy-Authorization";

  private final ProxyEnvironment environment;

  ProxyCredentials(ProxyEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Connection connection = chain.connection();
    Authorization authorization =
        connection == null || request.isHttps()
            ? null
            : environment.authorization(connection.route().proxy(), false);
    // Never past the proxy: a direct hop after a redirect must not have the header.
    Request.Builder more = request.newBuilder().removeHeader(HEADER);
    return chain.proceed(
        authorization == null ? more.build() : more.header(HEADER, authorization.value()).build());
  }

  /** Called for the CONNECT request; null gives up, after the proxy has refused the credentials. */
  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response) {
    Proxy proxy = route == null ? Proxy.NO_PROXY : route.proxy();
    Authorization authorization = environment.authorization(proxy, true);
    return authorization == null || response.request().header(HEADER) != null
        ? null
        : response.request().newBuilder().header(HEADER, authorization.value()).build();
  }
}
