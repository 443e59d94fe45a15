package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.processors.FlowableProcessor;
import io.reactivex.rxjava3.processors.UnicastProcessor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * At most so many at once: a semaphore for streams. It is a value that several streams can share,
 * and inside it is nothing but a {@code flatMap} with that bound over a queue of turns.
 *
 * <pre>{@code
 * Limiter limiter = Limiter.of(5);
 * Maybe<Flag> bounded = limiter.permit(call);
 * }</pre>
 *
 * <p>A permit is taken when the turn comes, first come first served, and goes back when the work
 * ends or is disposed, just before its downstream hears of it: the next one starts without waiting
 * for anybody's disk. Whoever is disposed while waiting never starts.
 *
 * <p>The work is subscribed on the thread that asked or, when it had to wait, on the one that gave
 * its permit back. Subscribing must not block, or it holds up everybody who waits.
 */
public final class Limiter {
  private final int limit;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final FlowableProcessor<Turn<?>> turns =
      UnicastProcessor.<Turn<?>>create().toSerialized();

  @SuppressWarnings(
      "CheckReturnValue") // It ends with the limiter: whoever holds the one holds both.
  private Limiter(int limit) {
    this.limit = Check.atLeast(1, limit, "limit");
    turns.flatMapCompletable(turn -> turn, false, limit).subscribe();
  }

  /**
   * {@return a limiter with so many permits}
   *
   * @param limit how many may be in flight at once, 1 or more
   */
  public static Limiter of(int limit) {
    return new Limiter(limit);
  }

  /**
   * {@return this work, held back until there is a permit for it}
   *
   * @param work what to do with a permit, cold; every subscription takes a permit of its own
   * @param <T> what it emits
   */
  public <T> Maybe<T> permit(Maybe<T> work) {
    requireNonNull(work, "work");
    return new Maybe<>() {
      @Override
      protected void subscribeActual(MaybeObserver<? super T> downstream) {
        Turn<T> turn = new Turn<>(work, downstream, inFlight);
        downstream.onSubscribe(turn);
        if (!turn.isDisposed()) {
          turns.onNext(turn);
        }
      }
    };
  }

  /**
   * {@return this work, held back until there is a permit for it}
   *
   * @param work what to do with a permit, cold; every subscription takes a permit of its own
   * @param <T> what it emits
   */
  public <T> Single<T> permit(Single<T> work) {
    return permit(work.toMaybe()).toSingle();
  }

  /** {@return how many may be in flight at once} */
  public int limit() {
    return limit;
  }

  /** {@return how many permits are out at this moment} */
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public String toString() {
    return "Limiter[" + inFlight() + " of " + limit + " in flight]";
  }
}
