package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.http.ContentException;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Asks a name server over HTTPS (RFC 8484), where a network filters port 53 or changes answers.
 *
 * <pre>{@code
 * try (HttpsResolver resolver = HttpsResolver.at(URI.create("https://dns.example/dns-query"))) {
 *   Domains.of(resolver, Policy.limit(32).withAttemptTimeout(Policy.FOREVER)).probeAll(names);
 * }
 * }</pre>
 *
 * <p>Each query is a POST over HTTP/1.1, with the id 0, which the response must repeat. The
 * operating system looks up the host of the server. The server sees all names: it is trusted as any
 * resolver is. Its certificate is checked as for any https URL.
 *
 * <p>Thread-safe.
 */
public final class HttpsResolver implements Resolver, RecordSource, AutoCloseable {
  private static final String TYPE = "application/dns-message";
  private static final int LIMIT = 16;
  private static final int ATTEMPTS = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client;
  private final HttpUrl url;
  private final MessageLookups lookups;

  private HttpsResolver(URI server, Policy policy, HttpOptions options) {
    client = HttpClient.at(server.resolve("/"), policy, options);
    url = requireNonNull(HttpUrl.get(server), "server");
    lookups =
        new MessageLookups(
            client.pipeline(this::exchange),
            InetSocketAddress.createUnresolved(url.host(), url.port()));
  }

  /**
   * {@return a resolver over HTTPS with 16 queries at once, 5 s for an attempt and 3 attempts}
   *
   * @param server the URL of the service, most often with the path {@code /dns-query}
   */
  public static HttpsResolver at(URI server) {
    Policy policy = Policy.limit(LIMIT).withAttemptTimeout(TIMEOUT).withRetry(Retry.upTo(ATTEMPTS));
    return at(server, policy, HttpOptions.standard());
  }

  /**
   * {@return a resolver over HTTPS}
   *
   * @param server the URL of the service: https, or http for a trial; no user, query or fragment
   * @param policy how many queries, which are as many connections, at once; timeouts and retries
   * @param options of HTTP
   */
  public static HttpsResolver at(URI server, Policy policy, HttpOptions options) {
    requireNonNull(server, "server");
    if (server.getRawUserInfo() != null
        || server.getRawQuery() != null
        || server.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "server: " + server + ", must have no user, query or fragment");
    }
    return new HttpsResolver(server, policy, options);
  }

  /**
   * {@return the answer for a name, cold: its IPv4 addresses, else its IPv6 addresses}
   *
   * <p><b>Scheduler:</b> the network scheduler of the policy. <b>Failure:</b> a {@link
   * DnsException}. <b>Cancellation:</b> cancels the request.
   *
   * @param name the name
   */
  @Override
  public Maybe<Answer> resolve(DomainName name) {
    return lookups.resolve(requireNonNull(name, "name"));
  }

  /**
   * {@return the records of a name, cold}
   *
   * <p><b>Scheduler:</b> the network scheduler of the policy. <b>Failure:</b> a {@link
   * DnsException}, also for a question to a named server. <b>Cancellation:</b> cancels the request.
   *
   * @param question which records
   */
  @Override
  public Single<RecordAnswer> query(RecordQuestion question) {
    return lookups.query(requireNonNull(question, "question"));
  }

  private Maybe<byte[]> exchange(MessageQuery query) {
    return client.call(() -> request(query.bytes()), this::read).toMaybe();
  }

  private Request request(byte[] query) {
    return new Request.Builder()
        .url(url)
        .header("Accept", TYPE)
        .post(RequestBody.create(MediaType.get(TYPE), query))
        .build();
  }

  private byte[] read(Response response) throws IOException {
    String type = response.header("Content-Type", "");
    // RFC 8484, section 6: another type is no response of DNS, such as the page of a proxy.
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(TYPE)) {
      throw new ContentException(url.toString(), "no " + TYPE + ", but '" + type + "'", null);
    }
    BufferedSource body = requireNonNull(response.body(), "body").source();
    if (body.request(MessageLookups.LONGEST_MESSAGE + 1L)) {
      throw new ContentException(url.toString(), "more than 65535 bytes", null);
    }
    return body.readByteArray();
  }

  /** Cancels the queries under way. Later ones fail with a {@link DnsException}. */
  @Override
  public void close() {
    client.close();
  }
}
