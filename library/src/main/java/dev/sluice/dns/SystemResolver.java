package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.IoSchedulers;
import dev.sluice.TerminalText;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeEmitter;
import io.reactivex.rxjava3.core.Scheduler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the operating system's {@code getaddrinfo} says, through {@link InetAddress#getAllByName}.
 *
 * <p>Java passes its reason on as words, and only words that mean nothing else count as <i>not
 * found</i>:
 *
 * <table>
 *   <caption>Reasons and verdicts</caption>
 *   <tr><th>Words</th><th>Of</th><th>Verdict</th></tr>
 *   <tr><td>Name or service not known</td><td>glibc</td><td>not found</td></tr>
 *   <tr><td>Name does not resolve</td><td>musl</td><td>not found</td></tr>
 *   <tr><td>No address associated with hostname</td><td>glibc</td><td>no address</td></tr>
 *   <tr><td>Name has no usable address</td><td>musl</td><td>no address</td></tr>
 *   <tr><td>anything else, such as: Temporary failure in name resolution</td><td></td>
 *       <td>failure</td></tr>
 * </table>
 *
 * <p>What it cannot tell: macOS and Windows have one and the same reason for a name that does not
 * exist and for a machine without a network ({@code nodename nor servname provided, or not known};
 * {@code No such host is known}), so there it is a failure; ask a name server instead. A reason in
 * another language is a failure too: run with {@code LC_ALL=C.UTF-8}. glibc does not know a name
 * whose server answers with FORMERR either, and musl before 1.2.4 none without an address.
 *
 * <p>A name is asked for with a trailing dot, so that the {@code search} list of {@code
 * /etc/resolv.conf} does not lend it the addresses of another name; {@code /etc/hosts} therefore
 * counts for {@code localhost} alone. The JVM remembers addresses for 30 s and failures for 10 s
 * (the security properties {@code networkaddress.cache.ttl} and {@code
 * networkaddress.cache.negative.ttl}), the latter without their reason: then the question is asked
 * again in another mixture of capitals.
 *
 * <p>A lookup has the operating system's clocks and cannot be cancelled: whoever is disposed hears
 * nothing more, but the thread goes on until the system has answered.
 */
public final class SystemResolver implements Resolver {
  /** How a name is looked up; may block. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private static final String LOCALHOST = "localhost";

  private final Lookup lookup;
  private final Scheduler network;

  SystemResolver(Lookup lookup, Scheduler network) {
    this.lookup = lookup;
    this.network = network;
  }

  /** {@return the system's resolver, on the shared network threads} */
  public static SystemResolver standard() {
    return on(IoSchedulers.shared());
  }

  /**
   * {@return the system's resolver, on these network threads}
   *
   * @param schedulers those of the policy; one thread for every lookup at once
   */
  public static SystemResolver on(IoSchedulers schedulers) {
    requireNonNull(schedulers, "schedulers");
    return new SystemResolver(InetAddress::getAllByName, schedulers.network());
  }

  @Override
  public Maybe<Answer> resolve(DomainName name) {
    requireNonNull(name, "name");
    return Maybe.<Answer>create(emitter -> answer(name, emitter)).subscribeOn(network);
  }

  @SuppressWarnings("CheckReturnValue") // Whoever was disposed does not want to know.
  private void answer(DomainName name, MaybeEmitter<Answer> emitter) {
    try {
      emitter.onSuccess(Answer.of(List.of(addresses(name))));
    } catch (UnknownHostException e) {
      switch (SystemReason.of(e)) {
        case UNKNOWN_NAME -> emitter.onComplete();
        case NO_ADDRESS -> emitter.onSuccess(Answer.of(List.of()));
        case UNCLEAR -> emitter.tryOnError(failure(name, e));
      }
    }
  }

  private InetAddress[] addresses(DomainName name) throws UnknownHostException {
    String host = name.value().equals(LOCALHOST) ? LOCALHOST : name + ".";
    try {
      return lookup.addresses(host);
    } catch (UnknownHostException e) {
      if (!host.equals(e.getMessage())) {
        throw e;
      }
      return lookup.addresses(inRandomCapitals(host));
    }
  }

  /** For the DNS it is the same name (RFC 4343), for the JVM's memory of failures it is not. */
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
