package dev.sluice.http;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import retrofit2.Retrofit;
import retrofit2.adapter.rxjava3.RxJava3CallAdapterFactory;

/**
 * Retrofit over OkHttp, assembled for a policy: as many connections as permits, calls on the
 * network scheduler, no clock but the policy's own, redirects followed (at most 20, never from
 * https to http), bodies read whole inside the call.
 *
 * <pre>{@code
 * try (HttpClient client = HttpClient.at(URI.create("https://example.org/"), policy, options)) {
 *   PageApi pages = client.api(PageApi.class);
 *   Pipeline.of(policy, pages::page).runAll(paths).subscribe(…);
 * }
 * }</pre>
 *
 * <p>Every call that fails ends with a {@link CallException}; with a {@link StatusException} when
 * the status is anything but a success with a body.
 */
public final class HttpClient implements AutoCloseable {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  private final HttpUrl base;
  private final OkHttpClient client;
  private final Retrofit retrofit;
  private volatile boolean closed;

  private HttpClient(HttpUrl base, Policy policy, HttpOptions options) {
    this.base = base;
    this.client = okHttp(policy.limiter().limit(), options);
    this.retrofit =
        new Retrofit.Builder()
            .baseUrl(base)
            .client(client)
            .addCallAdapterFactory(
                RxJava3CallAdapterFactory.createWithScheduler(policy.schedulers().network()))
            .addConverterFactory(new LazyJackson())
            .build();
  }

  /**
   * {@return a client of one server}
   *
   * @param base what every path is relative to: http or https, a host, no user, no query, no
   *     fragment
   * @param policy how many connections, and on which scheduler
   * @param options what is sent and accepted
   */
  public static HttpClient at(URI base, Policy policy, HttpOptions options) {
    requireNonNull(policy, "policy");
    requireNonNull(options, "options");
    return new HttpClient(folder(base), policy, options);
  }

  /**
   * {@return this Retrofit interface, ready to call}
   *
   * @param type an interface whose methods carry Retrofit's annotations and return {@code Single},
   *     {@code Maybe} or {@code Completable}
   * @param <A> the interface
   */
  public <A> A api(Class<A> type) {
    return retrofit.create(requireNonNull(type, "type"));
  }

  /** {@return what every path is relative to; ends with a slash} */
  public URI base() {
    return base.uri();
  }

  /** Cancels the calls under way, each of which fails, and closes the connections. */
  @Override
  public void close() {
    closed = true;
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }

  /** Retrofit and OkHttp would otherwise allow 5 calls per host and keep 5 connections. */
  private OkHttpClient okHttp(int limit, HttpOptions options) {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(limit);
    dispatcher.setMaxRequestsPerHost(limit);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectionPool(new ConnectionPool(limit, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
        .socketFactory(new BoundedSocketFactory(options))
        // HTTP/2 would put all calls on one connection, and leave it open when they are cancelled
        // with a reader that is no daemon.
        .protocols(List.of(Protocol.HTTP_1_1))
        // The attempt clock of the policy is the only one: it cancels the call.
        .connectTimeout(Duration.ZERO)
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .sslSocketFactory(new LazyTls(), new LazyTls.Trust())
        .addInterceptor(this::refuseWhenClosed)
        .addInterceptor(new ResponseRules(options))
        .addNetworkInterceptor(new ResponseHeadRules())
        .addNetworkInterceptor(new DowngradeGuard())
        .build();
  }

  private Response refuseWhenClosed(Interceptor.Chain chain) throws IOException {
    if (closed) {
      throw new ClientClosedException(chain.request(), null);
    }
    try {
      return chain.proceed(chain.request());
    } catch (IOException e) {
      // However it failed, being closed is the reason that counts: nobody shall try again.
      throw closed ? new ClientClosedException(chain.request(), e) : e;
    }
  }

  private static HttpUrl folder(URI base) {
    requireNonNull(base, "base");
    HttpUrl url = base.getRawAuthority() == null ? null : HttpUrl.get(base);
    if (url == null
        || url.query() != null
        || url.fragment() != null
        || !url.username().isEmpty()
        || !url.password().isEmpty()) {
      throw new IllegalArgumentException(
          "base: "
              + CallException.withoutSecrets(base.toString())
              + ", must be an http or https URL with a host, no user, no query, no fragment");
    }
    return url.encodedPath().endsWith("/") ? url : url.newBuilder().addPathSegment("").build();
  }
}
