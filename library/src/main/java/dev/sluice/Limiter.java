package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Single;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * At most so many at once: a semaphore for streams, which nobody blocks on. Where one stream alone
 * is to be bounded, {@code flatMap(…, n)} does it, and {@link Window} is that; a limiter is a value
 * that several streams share.
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
 * <p>The work is subscribed on the thread that asked or, when it had to wait, on one that gave a
 * permit back. Subscribing must not block, or it holds up others who wait.
 */
public final class Limiter {
  /** Somebody who needs a permit. */
  interface Waiting {
    /** The permit is out; who has no use for it any more gives it back. */
    void start();
  }

  // Read once per limiter, never per permit.
  private static volatile Consumer<? super Limiter> onCreate = limiter -> {};

  private final int limit;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();

  private Limiter(int limit) {
    this.limit = Check.atLeast(1, limit, "limit");
  }

  /**
   * {@return a limiter with so many permits}
   *
   * @param limit how many may be in flight at once, 1 or more
   */
  public static Limiter of(int limit) {
    Limiter limiter = new Limiter(limit);
    onCreate.accept(limiter);
    return limiter;
  }

  /** Calls this with every limiter created from now on; tests then check that permits come back. */
  static void onCreate(Consumer<? super Limiter> action) {
    onCreate = action;
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
        Turn<T> turn = new Turn<>(work, downstream, Limiter.this);
        downstream.onSubscribe(turn);
        queue(turn);
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

  /** The permit of one turn is back. */
  void giveBack() {
    inFlight.decrementAndGet();
    if (!waiting.isEmpty()) {
      callWaiting();
    }
  }

  /** Starts it now, or when its turn comes. */
  void queue(Waiting turn) {
    if (waiting.isEmpty() && take()) {
      turn.start();
    } else {
      waiting.add(turn);
      callWaiting();
    }
  }

  private boolean take() {
    int out = inFlight.get();
    while (out < limit && !inFlight.compareAndSet(out, out + 1)) {
      out = inFlight.get();
    }
    return out < limit;
  }

  /**
   * Starts those whose turn it is. One thread does so at a time and the others leave it to that
   * one: a work that ends at once would otherwise start the next from within, and so on down the
   * stack.
   */
  private void callWaiting() {
    if (calls.getAndIncrement() != 0) {
      return;
    }
    int answered = 1;
    do {
      while (!waiting.isEmpty() && take()) {
        // Nobody else takes from the queue, so it is still not empty.
        requireNonNull(waiting.poll()).start();
      }
      answered = calls.addAndGet(-answered);
    } while (answered != 0);
  }

  @Override
  public String toString() {
    return "Limiter[" + inFlight() + " of " + limit + " in flight]";
  }
}
