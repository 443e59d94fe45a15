package dev.sluice.http;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.sluice.Limiter;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;

/**
 * Retrofit interfaces over OkHttp, under one policy: as many calls and connections at once as the
 * policy has permits, calls on its network scheduler, its timeouts and no others. Redirects are
 * followed (at most 20, never from https to http). A body is read whole before it is handed on, but
 * for {@link #calls}.
 *
 * <pre>{@code
 * interface PageApi {
 *   @GET("{path}")
 *   Maybe<Page> page(@Path("path") String path);
 * }
 *
 * try (HttpClient client = HttpClient.at(URI.create("https://example.org/"), policy, options)) {
 *   PageApi pages = client.api(PageApi.class);
 *   client.pipeline(pages::page).runAll(paths).subscribe(…);
 * }
 * }</pre>
 *
 * <p>What a call brings depends on the type that its method returns:
 *
 * <table class="striped">
 *   <caption>Responses and types</caption>
 *   <tr><th>response</th><th>{@code Maybe}</th><th>{@code Single}, {@code Flowable}, {@code
 *       Observable}</th><th>{@code Completable}</th></tr>
 *   <tr><td>a success with a body</td><td>the body</td><td>the body</td><td>complete</td></tr>
 *   <tr><td>404, 410</td><td>empty, so a pipeline's outcome is <i>not found</i></td>
 *       <td>{@link StatusException}</td><td>{@link StatusException}</td></tr>
 *   <tr><td>204, 205</td><td>{@link StatusException}</td><td>{@link StatusException}</td>
 *       <td>complete</td></tr>
 *   <tr><td>any other status</td><td>{@link StatusException}</td><td>{@link StatusException}</td>
 *       <td>{@link StatusException}</td></tr>
 *   <tr><td>the JSON {@code null}</td><td>empty</td><td>{@link ContentException}</td>
 *       <td>complete</td></tr>
 *   <tr><td>a body that does not decode, an empty one for JSON</td><td>{@link ContentException}</td>
 *       <td>{@link ContentException}</td><td>complete</td></tr>
 *   <tr><td>none</td><td>{@link CallException}</td><td>{@link CallException}</td>
 *       <td>{@link CallException}</td></tr>
 * </table>
 *
 * <p>A {@code Maybe<Response<T>>} is the same, but that JSON {@code null} is a response without a
 * body. {@code Call} and {@code CompletableFuture} are refused when the method is called.
 *
 * <p>Thread-safe. Results come on the network scheduler of the policy. Disposing cancels the call
 * and interrupts its thread.
 */
public final class HttpClient implements AutoCloseable {
  private final HttpUrl base;
  private final Policy policy;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final @Nullable OkHttpClient okHttp;
  private final @Nullable Transport transport;
  private final ClientCalls calls;
  private final BoundedCalls bounded;
  private final Retrofit retrofit;

  private HttpClient(
      HttpUrl base, Policy policy, HttpOptions options, @Nullable Transport transport) {
    this.base = base;
    this.policy = policy;
    this.transport = transport;
    int limit = policy.limiter().limit();
    ResponseRules rules = new ResponseRules(options.maxBodyBytes(), closed);
    okhttp3.Call.Factory other = transport == null ? options.calls() : over(transport, options);
    okHttp = other == null ? OkHttpBuild.client(base, policy, options, rules) : null;
    calls =
        other == null
            ? ClientCalls.ofOkHttp(base, options, requireNonNull(okHttp), this::releaseIfClosed)
            : ClientCalls.of(base, options, other, rules);
    bounded =
        new BoundedCalls(
            Limiter.of(limit), new NetworkThreads(policy.schedulers()), transport != null);
    retrofit =
        new Retrofit.Builder()
            .baseUrl(base)
            .callFactory(calls)
            .addCallAdapterFactory(
                new BoundedAdapters(bounded, new QuotaWatch(policy.limiter(), base, lane())))
            .addConverterFactory(new CheckedConverters(converters(options)))
            .build();
  }

  private TransportCalls over(Transport opened, HttpOptions options) {
    return new TransportCalls(
        opened,
        new Hops(new OriginGuard(base, options)),
        new NetworkTasks(policy.schedulers().network()),
        new Transport.Prefetch(options.maxBodyBytes(), Policy.FOREVER));
  }

  /**
   * {@return a client of one server}
   *
   * @param base the URL that every path is relative to: http or https, a host, no user, no query,
   *     no fragment; else an {@code IllegalArgumentException}
   * @param policy how many connections, on which scheduler, and how {@link #pipeline} works
   * @param options what is sent and accepted
   * @throws IllegalStateException if the class path has OkHttp 4 with the Okio of OkHttp 3
   */
  public static HttpClient at(URI base, Policy policy, HttpOptions options) {
    OkHttpVersions.requireFit();
    requireNonNull(base, "base");
    requireNonNull(policy, "policy");
    requireNonNull(options, "options");
    if (options.calls() != null && (options.okHttp() != null || options.proxy() != null)) {
      throw new IllegalArgumentException(
          "options: withCalls replaces OkHttp, so withOkHttp and withProxy have no effect");
    }
    if (options.transport() != null
        && (options.calls() != null || options.okHttp() != null || options.proxy() != null)) {
      throw new IllegalArgumentException(
          "options: withTransport replaces OkHttp, so withCalls, withOkHttp and withProxy have no"
              + " effect");
    }
    Transport.Factory transports = options.transport();
    return transports == null
        ? new HttpClient(folder(base), policy, options, null)
        : over(transports.open(policy.limiter().limit()), base, policy, options);
  }

  /** The transport prepares itself while the other classes are loaded. */
  private static HttpClient over(
      Transport transport, URI base, Policy policy, HttpOptions options) {
    boolean isMade = false;
    try {
      transport.prepare(base, policy.attemptTimeout());
      HttpClient client = new HttpClient(folder(base), policy, options, transport);
      isMade = true;
      return client;
    } finally {
      if (!isMade) {
        transport.close();
      }
    }
  }

  /**
   * {@return this Retrofit interface, ready to call}
   *
   * <p>At most as many calls run at once as the policy has permits, also without a pipeline; the
   * others wait, and no thread waits with them. A disposed call counts until its thread is free: a
   * lookup of the operating system cannot be cancelled.
   *
   * @param type an interface whose methods carry Retrofit's annotations and return {@code Maybe},
   *     {@code Single}, {@code Completable}, {@code Flowable} or {@code Observable}
   * @param <A> the interface
   */
  public <A> A api(Class<A> type) {
    return retrofit.create(requireNonNull(type, "type"));
  }

  /**
   * {@return a pipeline under the policy of this client}
   *
   * <pre>{@code
   * Flowable<Outcome<String, Page>> outcomes = client.pipeline(pages::page).runAll(paths);
   * }</pre>
   *
   * <p>A message about a timeout names the base URL, unless the work has a {@linkplain
   * Work#withTarget target} of its own. If the limiter has {@linkplain dev.sluice.Lanes lanes}, all
   * keys are in that of the {@linkplain #lane() base URL}, unless the work has a {@linkplain
   * Work#withLane lane} of its own.
   *
   * @param work one attempt at one key: a method of an {@link #api} interface, or a lambda
   * @param <K> the type of the keys
   * @param <V> the type of the values
   */
  public <K, V> Pipeline<K, V> pipeline(Work<K, V> work) {
    requireNonNull(work, "work");
    String lane = lane();
    return Pipeline.of(
        policy,
        work.withTarget(key -> target(work, key))
            .withLane(key -> requireNonNullElse(work.lane(key), lane)));
  }

  /** The target that the work names itself, or the base URL. */
  private <K> String target(Work<K, ?> work, K key) {
    String target = work.target(key);
    return target.equals(key.toString()) ? base.toString() : target;
  }

  /**
   * {@return what a reader makes of one response, cold: for bodies that are too long for memory}
   *
   * <pre>{@code
   * Single<Long> length =
   *     client.call(() -> request, response -> response.body().source().readAll(sink));
   * }</pre>
   *
   * <p>Redirects are followed, and the headers of the client are added, as for all its calls. The
   * reader gets a success with a body (RFC 9110, section 15.3), a 304 if the request has a
   * condition, and a 416 if it has a range. The length of the body is not bounded. What the server
   * still allows ({@code RateLimit} fields) is told to the {@linkplain #lane(URI) lane} of the URL.
   *
   * <p>As a call of an {@link #api} interface, it waits until fewer calls run than the policy has
   * permits. The attempt timeout of the policy bounds it in a pipeline under that policy. {@code
   * dev.sluice.fetch.Downloads} is built on it.
   *
   * <p><b>Scheduler:</b> the reader runs on the network scheduler of the policy, and the result
   * comes there. Over a {@link Transport} the call takes a thread when the response is there: with
   * its whole body up to 64 KiB, else with the start of it. Otherwise it has a thread from its
   * start. <b>Failure:</b> a {@link StatusException} for any other status, a {@link CallException}
   * if no response came or the body broke off, or the reader's own {@code IOException}; anything
   * else is a bug. <b>Cancellation:</b> cancels the call and interrupts the reader.
   *
   * @param request makes the request when the call begins: when it has its permit, and its thread
   *     unless it goes over a {@link Transport}; must not block; with an absolute URL, which need
   *     not be below the base of the client
   * @param reader reads the response; its result is not null
   * @param <T> the type of what is read
   */
  public <T> Single<T> call(Supplier<Request> request, BodyReader<T> reader) {
    return call(request, Set.of(), reader);
  }

  /**
   * {@return what a reader makes of one response, as {@link #call(Supplier, BodyReader)}, also if
   * that has one of these error statuses: for a protocol whose errors have a body that counts}
   *
   * <p><b>Scheduler:</b> the reader runs on the network scheduler of the policy. <b>Failure:</b> as
   * there, but that these statuses are no failures. <b>Cancellation:</b> cancels the call and
   * interrupts the reader.
   *
   * @param request makes the request when the call begins
   * @param errors statuses from 400 on, such as 404
   * @param reader reads the response; its result is not null
   * @param <T> the type of what is read
   */
  public <T> Single<T> call(Supplier<Request> request, Set<Integer> errors, BodyReader<T> reader) {
    StreamedCall<T> call =
        new StreamedCall<>(
            calls,
            policy.limiter(),
            requireNonNull(request, "request"),
            Set.copyOf(errors),
            requireNonNull(reader, "reader"));
    Maybe<T> result = transport == null ? call.executed() : call.enqueued(policy.schedulers());
    @SuppressWarnings("unchecked") // What the reader makes.
    Maybe<T> read = (Maybe<T>) bounded.run(result);
    return read.toSingle();
  }

  /** {@return the policy of this client} */
  public Policy policy() {
    return policy;
  }

  /**
   * {@return the lane of this client's requests: host and port of the base URL, such as {@code
   * example.org:443}}
   *
   * <p>It waits for what the server asks for in {@code Retry-After} and {@code RateLimit}, if the
   * limiter has lanes with {@linkplain dev.sluice.Lanes#withParking parking}.
   */
  public String lane() {
    return UrlText.lane(base);
  }

  /**
   * {@return the lane of requests to this URL, as {@link #lane()} names it: for {@link
   * Work#withLane} of a work that asks several servers}
   *
   * @param url http or https
   * @throws IllegalArgumentException if it is not such a URL
   */
  public static String lane(URI url) {
    return OriginLane.of(requireNonNull(url, "url")).lane();
  }

  /** {@return the URL that every path is relative to; ends with a slash} */
  public URI base() {
    return base.uri();
  }

  /**
   * Cancels the calls under way and closes the connections. Those calls and all later ones fail and
   * are not retried. A second call does nothing.
   */
  @Override
  public void close() {
    closed.set(true);
    calls.cancelAll();
    if (transport != null) {
      transport.close();
    }
    if (okHttp != null) {
      okHttp.dispatcher().cancelAll();
      okHttp.dispatcher().executorService().shutdown();
      releaseIfClosed();
    }
  }

  /** Also after a call that was under way at {@link #close}: only now is its connection free. */
  private void releaseIfClosed() {
    if (closed.get() && okHttp != null) {
      okHttp.connectionPool().evictAll();
      OkHttpThreads.end(okHttp.connectionPool());
    }
  }

  private static List<Converter.Factory> converters(HttpOptions options) {
    List<Converter.Factory> all = new ArrayList<>(options.converters());
    all.add(new LazyJackson());
    return all;
  }

  private static HttpUrl folder(URI base) {
    HttpUrl url = base.getRawAuthority() == null ? null : HttpUrl.get(base);
    if (url == null
        || url.query() != null
        || url.fragment() != null
        || !url.username().isEmpty()
        || !url.password().isEmpty()) {
      throw new IllegalArgumentException(
          "base: "
              + UrlText.withoutUser(base.toString())
              + ", must be an http or https URL with a host, no user, no query, no fragment");
    }
    return url.encodedPath().endsWith("/") ? url : url.newBuilder().addPathSegment("").build();
  }
}
