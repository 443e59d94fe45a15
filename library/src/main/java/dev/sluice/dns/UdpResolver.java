package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import java.util.function.LongSupplier;

/**
 * Asks name servers over UDP, thousands of names at once, on one thread.
 *
 * <pre>{@code
 * try (UdpResolver resolver = UdpResolver.of(DnsOptions.standard())) {
 *   Maybe<Answer> answer = resolver.resolve(DomainName.of("await.dev"));
 * }
 * }</pre>
 *
 * <p>An answer counts only if it comes from the server that was asked, to the port it was asked
 * from, with the random id and the random letter case of the question (RFC 5452); anything else is
 * passed over in silence. What does not fit a datagram is asked for again by TCP.
 *
 * <p>No more queries fly than the receive buffers hold answers; the others wait their turn, and
 * their clock starts when they are sent.
 */
public final class UdpResolver implements Resolver, AutoCloseable {
  private final Engine engine;
  private final RecordType first;

  private UdpResolver(DnsOptions options, LongSupplier nanoClock) {
    engine = new Engine(options, nanoClock);
    first = options.types().get(0);
  }

  /**
   * {@return a resolver with a thread of its own, {@code sluice-dns-N}, a daemon that starts with
   * the first query}
   *
   * @param options whom it asks, and how
   */
  public static UdpResolver of(DnsOptions options) {
    return withClock(options, System::nanoTime);
  }

  static UdpResolver withClock(DnsOptions options, LongSupplier nanoClock) {
    return new UdpResolver(requireNonNull(options, "options"), nanoClock);
  }

  /**
   * {@return what the servers say of a name, cold}
   *
   * <p><b>Scheduler:</b> the verdict comes on the resolver's thread, which must not be blocked:
   * while a subscriber keeps it, nobody's answers are read. <b>Failure:</b> a {@link DnsException}
   * when nobody could say, or when the resolver is closed. <b>Cancellation:</b> forgets the query;
   * its answer, should it come, is passed over.
   *
   * @param name the name
   */
  @Override
  public Maybe<Answer> resolve(DomainName name) {
    requireNonNull(name, "name");
    return new Maybe<>() {
      @Override
      protected void subscribeActual(MaybeObserver<? super Answer> downstream) {
        Query query = new Query(name, Question.of(name, first), engine.loop(), downstream);
        downstream.onSubscribe(query);
        if (!query.isDisposed()) {
          engine.loop().submit(query);
        }
      }
    };
  }

  /** Returns at once. Whoever still waits for an answer, and whoever asks later, is refused. */
  @Override
  public void close() {
    engine.loop().close();
  }

  /** How many queries wait for an answer; on other threads than the loop's, how many lately did. */
  int inFlight() {
    return engine.inFlight();
  }

  /** For a clock that moves by hand. */
  void lookAtTheClock() {
    engine.loop().wakeUp();
  }
}
