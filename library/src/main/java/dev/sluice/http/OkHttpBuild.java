package dev.sluice.http;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.HostnameVerifier;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** Builds the OkHttp client of an {@link HttpClient}, in the order that HttpOptions documents. */
final class OkHttpBuild {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  private OkHttpBuild() {}

  static OkHttpClient client(
      HttpUrl base, Policy policy, HttpOptions options, ResponseRules rules) {
    BoundedSocketFactory sockets = new BoundedSocketFactory(options);
    LazyTls tls = new LazyTls();
    OkHttpClient.Builder own = own(policy.limiter().limit(), options, rules, sockets, tls);
    HostnameVerifier names = new HostNames(own.build().hostnameVerifier());
    own.hostnameVerifier(names);
    UnaryOperator<OkHttpClient.Builder> change = options.okHttp();
    OkHttpClient changed = (change == null ? own : changed(own.build(), change)).build();
    if (changed.hostnameVerifier() != names) {
      tls.leaveNamesToTheVerifier();
    }
    Addresses addresses = new Addresses(changed.dns(), policy.attemptTimeout());
    sockets.connectBy(addresses);
    OkHttpClient.Builder timed =
        changed
            .newBuilder()
            .dns(addresses)
            .eventListenerFactory(PhaseListener.around(changed.eventListenerFactory()));
    return withNetworkRules(base, options, timed).build();
  }

  private static OkHttpClient.Builder own(
      int limit,
      HttpOptions options,
      ResponseRules rules,
      BoundedSocketFactory sockets,
      LazyTls tls) {
    OkHttpClient.Builder own =
        new OkHttpClient.Builder()
            // OkHttp would keep 5 idle connections, and open new ones for every larger burst.
            .connectionPool(new ConnectionPool(limit, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
            .socketFactory(sockets)
            // HTTP/2 would put all calls on one connection, and leave it open when they are
            // cancelled, with a reader thread that is no daemon.
            .protocols(List.of(Protocol.HTTP_1_1))
            // The attempt timeout of the policy is the clock: it cancels the call. To connect to
            // one of several addresses, each has a share of it, see Addresses.
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .sslSocketFactory(tls, new LazyTls.Trust())
            .addInterceptor(rules);
    ProxySelector proxy = options.proxy();
    if (proxy != null) {
      own.proxySelector(proxy);
    }
    if (proxy instanceof ProxyEnvironment environment) {
      own.proxyAuthenticator(new ProxyCredentials(environment));
    }
    return own;
  }

  /** Last, so that no interceptor of the user stands between these rules and the network. */
  private static OkHttpClient.Builder withNetworkRules(
      HttpUrl base, HttpOptions options, OkHttpClient.Builder builder) {
    builder
        .addInterceptor(
            chain -> LastHop.received(chain.proceed(OriginGuard.noted(chain.request()))))
        .addNetworkInterceptor(new OriginGuard(base, options));
    if (options.proxy() instanceof ProxyEnvironment environment) {
      builder.addNetworkInterceptor(new ProxyCredentials(environment));
    }
    return builder
        .addInterceptor(GzipBodies::note)
        .addNetworkInterceptor(GzipBodies::decode)
        .addNetworkInterceptor(new ResponseHeadRules())
        .addNetworkInterceptor(new DowngradeGuard())
        .addNetworkInterceptor(new LoopGuard(options.okHttp() != null));
  }

  private static OkHttpClient.Builder changed(
      OkHttpClient own, UnaryOperator<OkHttpClient.Builder> change) {
    OkHttpClient changed = requireNonNull(change.apply(own.newBuilder()), "okHttp").build();
    requireSame("dispatcher", own.dispatcher(), changed.dispatcher());
    requireSame("connection pool", own.connectionPool(), changed.connectionPool());
    requireSame("socket factory", own.socketFactory(), changed.socketFactory());
    requireSame("protocols", own.protocols(), changed.protocols());
    requireSame("call timeout", own.callTimeoutMillis(), changed.callTimeoutMillis());
    requireSame("connect timeout", own.connectTimeoutMillis(), changed.connectTimeoutMillis());
    requireSame("read timeout", own.readTimeoutMillis(), changed.readTimeoutMillis());
    requireSame("write timeout", own.writeTimeoutMillis(), changed.writeTimeoutMillis());
    requireSame("cache", own.cache(), changed.cache());
    requireSame(
        "first interceptor",
        own.interceptors().get(0),
        changed.interceptors().isEmpty() ? null : changed.interceptors().get(0));
    return changed.newBuilder();
  }

  private static void requireSame(String what, @Nullable Object own, @Nullable Object changed) {
    if (!Objects.equals(own, changed)) {
      throw new IllegalArgumentException("withOkHttp: the " + what + " is the client's own");
    }
  }
}
