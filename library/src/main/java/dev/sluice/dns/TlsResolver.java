package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeEmitter;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks a name server over TLS (RFC 7858), where a network filters port 53 or changes answers.
 *
 * <pre>{@code
 * try (TlsResolver resolver = TlsResolver.at("dns.example", TlsResolver.PORT)) {
 *   Domains.of(resolver, Policy.limit(32).withAttemptTimeout(Policy.FOREVER)).probeAll(names);
 * }
 * }</pre>
 *
 * <p>The certificate must have the name of the server (RFC 8310, the strict profile): there is no
 * fallback to a connection without a check. A connection carries up to 8 queries at a time, whose
 * responses come in any order (RFC 7766), or one if the server closes it after a response. It is
 * used again for the next query within 10 s.
 *
 * <p>Thread-safe.
 */
public final class TlsResolver implements Resolver, RecordSource, AutoCloseable {
  /** The port of DNS over TLS. */
  public static final int PORT = 853;

  private static final int LARGEST_PORT = 65_535;
  private static final int LIMIT = 16;
  private static final int ATTEMPTS = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final TlsConnections connections;
  private final Policy policy;
  private final MessageLookups lookups;

  private TlsResolver(String host, int port, Policy policy, SSLSocketFactory sockets) {
    this.connections = new TlsConnections(host, port, sockets);
    this.policy = policy;
    Work<MessageQuery, byte[]> work = this::exchange;
    String target = host + ":" + port;
    lookups =
        new MessageLookups(
            Pipeline.of(policy, work.withTarget(query -> target)),
            InetSocketAddress.createUnresolved(host, port));
  }

  /**
   * {@return a resolver over TLS with 16 queries at once, 5 s for an attempt and 3 attempts}
   *
   * @param host the name of the server, or its address if its certificate has that
   * @param port most often {@link #PORT}
   */
  public static TlsResolver at(String host, int port) {
    Policy policy = Policy.limit(LIMIT).withAttemptTimeout(TIMEOUT).withRetry(Retry.upTo(ATTEMPTS));
    return at(host, port, policy, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * {@return a resolver over TLS}
   *
   * @param host the name of the server, or its address if its certificate has that
   * @param port most often {@link #PORT}
   * @param policy how many queries at once; timeouts and retries
   * @param sockets makes connections that trust the certificate of the server
   */
  public static TlsResolver at(String host, int port, Policy policy, SSLSocketFactory sockets) {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("host: must not be empty");
    }
    if (port < 1 || port > LARGEST_PORT) {
      throw new IllegalArgumentException("port: " + port + ", must be from 1 to 65535");
    }
    return new TlsResolver(
        host, port, requireNonNull(policy, "policy"), requireNonNull(sockets, "sockets"));
  }

  /**
   * {@return the answer for a name, cold: its IPv4 addresses, else its IPv6 addresses}
   *
   * <p><b>Scheduler:</b> the network scheduler of the policy. <b>Failure:</b> a {@link
   * DnsException}. <b>Cancellation:</b> drops the query, and closes its connection if it carries no
   * other.
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
   * DnsException}, also for a question to a named server. <b>Cancellation:</b> drops the query, and
   * closes its connection if it carries no other.
   *
   * @param question which records
   */
  @Override
  public Single<RecordAnswer> query(RecordQuestion question) {
    return lookups.query(requireNonNull(question, "question"));
  }

  private Maybe<byte[]> exchange(MessageQuery query) {
    return Maybe.<byte[]>create(emitter -> exchange(query.bytes(), emitter))
        .subscribeOn(policy.schedulers().network());
  }

  private void exchange(byte[] query, MaybeEmitter<byte[]> emitter) {
    TlsExchange exchange = new TlsExchange(connections);
    emitter.setCancellable(exchange::cancel);
    byte[] response;
    try {
      response = exchange.send(query);
    } catch (IOException e) {
      // After a disposal, which closes the connection, the failure has no receiver.
      boolean unused = emitter.tryOnError(connections.failure(e));
      return;
    }
    emitter.onSuccess(response);
  }

  /**
   * Closes the connections. Queries under way, and later ones, fail with a {@link DnsException}.
   */
  @Override
  public void close() {
    connections.close();
  }
}
