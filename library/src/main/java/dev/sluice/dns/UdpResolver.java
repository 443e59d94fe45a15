package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.dns.engine.Engine;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/**
 * Asks name servers over UDP, thousands of names at once, on one thread or a few.
 *
 * <pre>{@code
 * try (UdpResolver resolver = UdpResolver.of(DnsOptions.standard())) {
 *   Maybe<Answer> answer = resolver.resolve(DomainName.of("await.dev"));
 * }
 * }</pre>
 *
 * <p>An answer is accepted only from the server that was asked, on the port it was asked from, with
 * the random id and the random letter case of the question (RFC 5452). Other datagrams are ignored.
 * A truncated answer is asked for again by TCP.
 *
 * <p>Servers take turns. One that fails many times in a row rests: it is asked ever less often,
 * until it answers. Each server can have a limit and a rate of its own. With thousands of servers,
 * each one that is asked has a socket; above half of the process's file descriptors, sockets that
 * are not in use are closed.
 *
 * <p>The number of queries in flight is limited by the receive buffers, which must hold all the
 * answers. Further queries wait; their timeout starts when they are sent.
 *
 * <p>All methods may be called on any thread.
 */
public final class UdpResolver implements Resolver, RecordSource, AutoCloseable {
  private final ResolverLoops loops;
  private final RecordType firstType;

  private UdpResolver(DnsOptions options, ResolverLoops loops) {
    this.loops = loops;
    firstType = options.types().get(0);
  }

  /**
   * {@return a resolver with a thread of its own, {@code sluice-dns-N}, or with as many as
   * {@linkplain DnsOptions#withLoops the options say}}
   *
   * <p>The thread is a daemon. It starts with a query, and ends, and closes its sockets, after 5
   * seconds without one.
   *
   * @param options the servers to ask, and how
   */
  public static UdpResolver of(DnsOptions options) {
    return withClock(requireNonNull(options, "options"), System::nanoTime);
  }

  static UdpResolver withClock(DnsOptions options, LongSupplier nanoClock) {
    return withThreads(options, nanoClock, Engine::daemon);
  }

  /** A resolver whose thread is made by a factory. */
  static UdpResolver withThreads(
      DnsOptions options, LongSupplier nanoClock, ThreadFactory threads) {
    return new UdpResolver(options, new ResolverLoops(options, nanoClock, threads));
  }

  /**
   * {@return the answer of the servers for a name, cold}
   *
   * <p><b>Scheduler:</b> the result comes on the resolver's thread. A subscriber must not block it:
   * no other answer is read meanwhile. <b>Failure:</b> a {@link DnsException} when no server gave
   * an answer, or when the resolver is closed. <b>Cancellation:</b> drops the query; a later answer
   * is ignored.
   *
   * @param name the name
   */
  @Override
  public Maybe<Answer> resolve(DomainName name) {
    requireNonNull(name, "name");
    return new Maybe<>() {
      @Override
      protected void subscribeActual(MaybeObserver<? super Answer> observer) {
        Engine engine = loops.engineFor(name);
        UdpLookup lookup = new UdpLookup(name, firstType, engine, observer);
        observer.onSubscribe(lookup);
        if (!lookup.isDisposed()) {
          engine.submit(lookup);
        }
      }
    };
  }

  /**
   * {@return the answer of a server to a question for records, cold}
   *
   * <p>The question is asked with the timeout and the tries of the options, like a lookup. A
   * question that names its server goes to that one alone, and what it answers is the answer: a
   * referral, too. Of any server of the options, a referral is a failure.
   *
   * <p><b>Scheduler:</b> the result comes on the resolver's thread. A subscriber must not block it:
   * no other answer is read meanwhile. <b>Failure:</b> a {@link DnsException} when no server gave
   * an answer, when the last one broke the rules of the protocol, or when the resolver is closed.
   * <b>Cancellation:</b> drops the query; a later answer is ignored.
   *
   * @param question which records, of which server
   */
  @Override
  public Single<RecordAnswer> query(RecordQuestion question) {
    requireNonNull(question, "question");
    return new Single<>() {
      @Override
      protected void subscribeActual(SingleObserver<? super RecordAnswer> observer) {
        Engine engine = loops.engineFor(question.name());
        RecordLookup lookup = new RecordLookup(question, engine, observer);
        observer.onSubscribe(lookup);
        if (!lookup.isDisposed()) {
          engine.submit(lookup);
        }
      }
    };
  }

  /**
   * {@return how each server of the options does, in their order, and then each trusted one}
   *
   * <p>A snapshot: queries are in flight meanwhile, and the numbers of a server may be of slightly
   * different times.
   */
  public List<NameServerStatistics> statistics() {
    return loops.statistics();
  }

  /** Returns at once. Lookups under way, and later ones, fail with a {@link DnsException}. */
  @Override
  public void close() {
    loops.close();
  }

  /** How many queries are in flight; approximate on other threads than the resolver's. */
  int inFlight() {
    return loops.inFlight();
  }

  /** Makes the resolver look at its clock, for a clock that a test moves. */
  void readClock() {
    loops.readClock();
  }
}
