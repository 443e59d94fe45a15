package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.IoSchedulers;
import dev.sluice.TerminalText;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Asks the operating system's {@code getaddrinfo} through {@link InetAddress#getAllByName}.
 *
 * <p>Java passes the reason of a failure on as a message. Only messages with one meaning count as
 * <i>not found</i>:
 *
 * <table>
 *   <caption>Messages and outcomes</caption>
 *   <tr><th>Message</th><th>Of</th><th>Outcome</th></tr>
 *   <tr><td>Name or service not known</td><td>glibc</td><td>not found</td></tr>
 *   <tr><td>Name does not resolve</td><td>musl</td><td>not found</td></tr>
 *   <tr><td>No address associated with hostname</td><td>glibc</td><td>no address</td></tr>
 *   <tr><td>Name has no usable address</td><td>musl</td><td>no address</td></tr>
 *   <tr><td>anything else, such as: Temporary failure in name resolution</td><td></td>
 *       <td>failure</td></tr>
 * </table>
 *
 * <p>Limits: macOS and Windows give the same message for a name that does not exist and for a
 * machine without a network ({@code nodename nor servname provided, or not known}; {@code No such
 * host is known}), so there a missing name is a failure; use {@link UdpResolver} instead. A message
 * in another language is a failure, too: run with {@code LC_ALL=C.UTF-8}. glibc reports a name
 * whose server answers FORMERR as unknown, and musl before 1.2.4 every name without an address.
 *
 * <p>Names are looked up with a trailing dot, so that the {@code search} list of {@code
 * /etc/resolv.conf} does not add a domain to them; therefore {@code /etc/hosts} is used for {@code
 * localhost} only. The JVM caches addresses for 30 s and failures for 10 s (security properties
 * {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl}). A cached failure
 * has no message; then the name is looked up again in another letter case, which the cache does not
 * know.
 *
 * <p>A lookup has the operating system's timeouts and cannot be cancelled: after dispose nothing is
 * signalled, but the thread is busy until the operating system returns, and a pipeline that uses
 * this resolver directly, such as {@link Domains}, keeps the permit for so long.
 */
public final class SystemResolver implements Resolver {
  /** Looks up a name; may block. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private static final String LOCALHOST = "localhost";

  private final Lookup lookup;
  private final IoSchedulers schedulers;
  private final Work<Request, Answer> lookups = Work.blocking(this::answer);

  SystemResolver(Lookup lookup, Scheduler network) {
    this.lookup = lookup;
    this.schedulers = IoSchedulers.shared().withNetwork(network);
  }

  /** {@return the operating system's resolver, on the shared network threads} */
  public static SystemResolver standard() {
    return on(IoSchedulers.shared());
  }

  /**
   * {@return the operating system's resolver, on these network threads}
   *
   * @param schedulers the schedulers of the policy; each lookup occupies one network thread
   */
  public static SystemResolver on(IoSchedulers schedulers) {
    requireNonNull(schedulers, "schedulers");
    return new SystemResolver(InetAddress::getAllByName, schedulers.network());
  }

  @Override
  public Maybe<Answer> resolve(DomainName name) {
    requireNonNull(name, "name");
    return Maybe.using(
        () -> new Request(name), request -> lookups.attempt(request, schedulers), Request::end);
  }

  /** One name, and whether its answer is still wanted. */
  private static final class Request {
    final DomainName name;
    private volatile boolean over;

    Request(DomainName name) {
      this.name = name;
    }

    void end() {
      over = true;
    }

    boolean isOver() {
      return over;
    }

    @Override
    public String toString() {
      return name.toString();
    }
  }

  /** Null for a name that does not exist. */
  private @Nullable Answer answer(Request request) throws DnsException {
    DomainName name = request.name;
    try {
      return Answer.of(List.of(addresses(request)));
    } catch (UnknownHostException e) {
      return switch (SystemReason.of(e)) {
        case UNKNOWN_NAME -> null;
        case NO_ADDRESS -> Answer.of(List.of());
        case UNCLEAR -> throw failure(name, e);
      };
    }
  }

  private InetAddress[] addresses(Request request) throws UnknownHostException {
    DomainName name = request.name;
    String host = name.value().equals(LOCALHOST) ? LOCALHOST : name + ".";
    try {
      return lookup.addresses(host);
    } catch (UnknownHostException e) {
      if (request.isOver() || !host.equals(e.getMessage())) {
        throw e;
      }
      return lookup.addresses(inRandomCapitals(host));
    }
  }

  /** For DNS it is the same name (RFC 4343), for the JVM's cache of failures another one. */
  private static String inRandomCapitals(String host) {
    Random random = ThreadLocalRandom.current();
    StringBuilder mixed = new StringBuilder(host.length());
    host.chars()
        .map(c -> random.nextBoolean() ? Character.toUpperCase(c) : c)
        .forEach(c -> mixed.append((char) c));
    return mixed.toString();
  }

  private static DnsException failure(DomainName name, UnknownHostException e) {
    String message =
        name
            + ": the operating system says: "
            + TerminalText.quoted(String.valueOf(e.getMessage()));
    return new DnsException(DnsException.Reason.UNREACHABLE, message, e);
  }
}
