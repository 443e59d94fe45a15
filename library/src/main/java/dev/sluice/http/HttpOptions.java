package dev.sluice.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ProxySelector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.converter.jackson.JacksonConverterFactory;

/**
 * What an {@link HttpClient} sends and accepts, and how it connects. Immutable; every {@code with…}
 * method returns a copy.
 *
 * <pre>{@code
 * HttpOptions options =
 *     HttpOptions.standard()
 *         .withHeader("Accept-Language", "en")
 *         .withAuthorization(Authorization.bearer(token))
 *         .withProxy(ProxyEnvironment.system());
 * }</pre>
 *
 * <p>Header values and credentials appear in no message and in no {@link #toString()}.
 */
public final class HttpOptions {
  private static final HttpOptions STANDARD = new HttpOptions(new Draft());

  private final String userAgent;
  private final long maxBodyBytes;
  private final Map<String, String> headers;
  private final @Nullable Authorization authorization;
  private final @Nullable ProxySelector proxy;
  private final List<Converter.Factory> converters;
  private final @Nullable UnaryOperator<OkHttpClient.Builder> okHttp;
  private final Call.@Nullable Factory calls;
  private final Transport.@Nullable Factory transport;

  /** The settings of a copy until it is made. */
  private static final class Draft {
    private String userAgent = "sluice (Java)";
    private long maxBodyBytes = 16L << 20;
    private Map<String, String> headers = Map.of();
    private @Nullable Authorization authorization;
    private @Nullable ProxySelector proxy;
    private List<Converter.Factory> converters = List.of();
    private @Nullable UnaryOperator<OkHttpClient.Builder> okHttp;
    private Call.@Nullable Factory calls;
    private Transport.@Nullable Factory transport;
  }

  private HttpOptions(Draft draft) {
    userAgent = draft.userAgent;
    maxBodyBytes = draft.maxBodyBytes;
    headers = draft.headers;
    authorization = draft.authorization;
    proxy = draft.proxy;
    converters = draft.converters;
    okHttp = draft.okHttp;
    calls = draft.calls;
    transport = draft.transport;
  }

  private HttpOptions with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.userAgent = userAgent;
    draft.maxBodyBytes = maxBodyBytes;
    draft.headers = headers;
    draft.authorization = authorization;
    draft.proxy = proxy;
    draft.converters = converters;
    draft.okHttp = okHttp;
    draft.calls = calls;
    draft.transport = transport;
    change.accept(draft);
    return new HttpOptions(draft);
  }

  /**
   * {@return the user agent {@code sluice (Java)}, bodies of at most 16 MiB, JSON by Jackson, the
   * proxy of the JVM ({@link ProxySelector#getDefault()}), no other headers}
   */
  public static HttpOptions standard() {
    return STANDARD;
  }

  /**
   * {@return a copy with this {@code User-Agent} header (RFC 9110, section 10.1.5)}
   *
   * @param userAgent printable ASCII, not blank; else an {@code IllegalArgumentException}
   */
  public HttpOptions withUserAgent(String userAgent) {
    requireNonNull(userAgent, "userAgent");
    if (userAgent.isBlank()) {
      throw new IllegalArgumentException("userAgent: must be printable ASCII, and not blank");
    }
    HeaderRules.requireValue("userAgent: must be printable ASCII, and not blank", userAgent);
    return with(draft -> draft.userAgent = userAgent);
  }

  /**
   * {@return a copy that refuses a longer body; the call fails with a {@link CallException}}
   *
   * @param maxBodyBytes after decompression; 1 to 2147483639, else an {@code
   *     IllegalArgumentException}
   */
  public HttpOptions withMaxBodyBytes(long maxBodyBytes) {
    if (maxBodyBytes < 1 || maxBodyBytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "maxBodyBytes: " + maxBodyBytes + ", must be from 1 to " + (Integer.MAX_VALUE - 8));
    }
    return with(draft -> draft.maxBodyBytes = maxBodyBytes);
  }

  /**
   * {@return a copy that sends this header with every request to the server of the client}
   *
   * <p>It replaces an earlier header of that name. A header that the interface itself sets for a
   * call wins. After a redirect to another scheme, host or port it is not sent: it may hold a key.
   * Nor is a header of the interface then, unless it says which content is wanted: {@code Accept},
   * {@code Range}, conditions, {@code User-Agent}.
   *
   * @param name a token (RFC 9110, section 5.6.2); not {@code Authorization}, {@code Host} or
   *     {@code Content-Length}
   * @param value printable ASCII and tabs; an {@code IllegalArgumentException} does not repeat it
   */
  public HttpOptions withHeader(String name, String value) {
    HeaderRules.requireName(name);
    HeaderRules.requireValue(
        "header " + name + ": the value must be printable ASCII", requireNonNull(value, "value"));
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return with(draft -> draft.headers = more);
  }

  /**
   * {@return a copy that sends these credentials to the server of the client: same scheme, host and
   * port as its base, also after redirects}
   *
   * @param authorization basic or bearer
   */
  public HttpOptions withAuthorization(Authorization authorization) {
    requireNonNull(authorization, "authorization");
    return with(draft -> draft.authorization = authorization);
  }

  /**
   * {@return a copy that connects by way of these proxies}
   *
   * <p>Through a SOCKS proxy the body of a response is bounded, but not the bytes that frame it.
   *
   * @param proxy {@link ProxyEnvironment#system()}, or {@link ProxySelector#of} for one HTTP proxy
   */
  public HttpOptions withProxy(ProxySelector proxy) {
    requireNonNull(proxy, "proxy");
    return with(draft -> draft.proxy = proxy);
  }

  /**
   * {@return a copy that reads and writes JSON with this mapper}
   *
   * <p>The standard one refuses anything after the JSON value ({@code FAIL_ON_TRAILING_TOKENS}).
   *
   * @param mapper must not be reconfigured afterwards
   */
  public HttpOptions withJackson(ObjectMapper mapper) {
    return withConverter(JacksonConverterFactory.create(requireNonNull(mapper, "mapper")));
  }

  /**
   * {@return a copy that asks this converter before the standard JSON, and after those that were
   * added earlier}
   *
   * <p>A body that a converter refuses, with whatever exception, is a {@link ContentException}.
   *
   * @param converter null from its methods for a type that it does not know
   */
  public HttpOptions withConverter(Converter.Factory converter) {
    List<Converter.Factory> more = new ArrayList<>(converters);
    more.add(requireNonNull(converter, "converter"));
    return with(draft -> draft.converters = more);
  }

  /**
   * {@return a copy that builds OkHttp with this function as well: interceptors, cookies, DNS, TLS,
   * an event listener}
   *
   * <p>It is applied after the client's own settings, and after functions that were added earlier.
   * The order of interceptors for a request is: the rules of the client (size of the body, status),
   * then your interceptors, then the network, where first your network interceptors and then those
   * of the client see it. A status other than a success is a {@link StatusException} already when
   * {@code proceed} of your interceptor meets it.
   *
   * <p>Host names of certificates are checked by the JDK and then by the client. With an {@code
   * sslSocketFactory} of yours only the client checks them. A {@code hostnameVerifier} of yours
   * replaces both checks.
   *
   * <p>These are the client's own and may not change, else {@link HttpClient#at} throws an {@code
   * IllegalArgumentException}: dispatcher, connection pool, protocols (HTTP/1.1), socket factory,
   * timeouts (the {@link dev.sluice.Policy} has them), cache, and the first interceptor.
   *
   * <p>With a TLS socket factory of your own, or a SOCKS proxy, each request gets a connection of
   * its own: the client cannot see whether such a socket has bytes that no request asked for.
   *
   * @param change called once for each client
   */
  public HttpOptions withOkHttp(UnaryOperator<OkHttpClient.Builder> change) {
    requireNonNull(change, "change");
    UnaryOperator<OkHttpClient.Builder> before = okHttp;
    UnaryOperator<OkHttpClient.Builder> all =
        before == null ? change : builder -> change.apply(before.apply(builder));
    return with(draft -> draft.okHttp = all);
  }

  /**
   * {@return a copy that makes its calls with this factory instead of OkHttp}
   *
   * <p>Statuses, size of the body, headers, decoding and the number of calls at once stay the
   * client's. Connections, redirects and proxies are the factory's: {@link #withProxy} and {@link
   * #withOkHttp} together with it are refused by {@link HttpClient#at}. Redirects must not carry
   * credentials to another server.
   *
   * <p>An {@code OkHttpClient} 3.14 has a fault that the client's own sockets keep away: a call
   * that is cancelled between connect and request leaves a closed connection in the pool, and the
   * next call to that host takes it again and again, until the attempt timeout of the policy ends
   * it.
   *
   * @param calls its calls must end when they are cancelled
   */
  public HttpOptions withCalls(Call.Factory calls) {
    requireNonNull(calls, "calls");
    return with(draft -> draft.calls = calls);
  }

  /**
   * {@return a copy that sends its requests over this transport instead of OkHttp}
   *
   * <p>A call has no thread while it waits for its response: a call of an interface takes one for
   * its result, {@link HttpClient#call} for its reader, and {@code dev.sluice.fetch.Downloads} with
   * it. All rules of the client stay: redirects, statuses, size and coding of the body, headers,
   * and the number of calls at once. Together with {@link #withCalls}, {@link #withOkHttp} or
   * {@link #withProxy} it is refused by {@link HttpClient#at}.
   *
   * @param transport opens a transport for each client, which closes it
   */
  public HttpOptions withTransport(Transport.Factory transport) {
    requireNonNull(transport, "transport");
    return with(draft -> draft.transport = transport);
  }

  /** {@return the {@code User-Agent} header} */
  public String userAgent() {
    return userAgent;
  }

  /** {@return the length of the longest body, in bytes after decompression} */
  public long maxBodyBytes() {
    return maxBodyBytes;
  }

  Map<String, String> headers() {
    return headers;
  }

  @Nullable Authorization authorization() {
    return authorization;
  }

  @Nullable ProxySelector proxy() {
    return proxy;
  }

  List<Converter.Factory> converters() {
    return converters;
  }

  @Nullable UnaryOperator<OkHttpClient.Builder> okHttp() {
    return okHttp;
  }

  Call.@Nullable Factory calls() {
    return calls;
  }

  Transport.@Nullable Factory transport() {
    return transport;
  }

  /** {@return user agent, limit and the names of the headers; no values, no credentials} */
  @Override
  public String toString() {
    return "HttpOptions["
        + userAgent
        + ", bodies up to "
        + maxBodyBytes
        + " bytes"
        + (headers.isEmpty() ? "" : ", headers " + String.join(", ", headers.keySet()))
        + (authorization == null ? "" : ", " + authorization)
        + (proxy == null ? "" : ", " + proxy)
        + "]";
  }
}
