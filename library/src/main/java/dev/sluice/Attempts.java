package dev.sluice;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.DeadlineException.Clock;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One work under one policy: retry( permit( attempt timeout( work ) ) ), key by key. */
final class Attempts<K, V> {
  private final Policy policy;
  private final Work<K, V> work;
  private final Scheduler timer;
  private final Deadlines clock;

  Attempts(Policy policy, Work<K, V> work) {
    this.policy = requireNonNull(policy, "policy");
    this.work = requireNonNull(work, "work");
    this.timer = policy.schedulers().timer();
    this.clock = new Deadlines(policy.attemptTimeout(), timer);
  }

  /** The outcome of one key, in a run that may have been stopped before its turn comes. */
  Single<Outcome<K, V>> run(K key, AtomicBoolean stopped) {
    requireNonNull(key, "key");
    return Single.defer(() -> new Item(key, stopped).outcome());
  }

  /** One key on its way. */
  private final class Item {
    private final K key;
    private final AtomicBoolean stopped;
    private final AtomicInteger attempts = new AtomicInteger();

    Item(K key, AtomicBoolean stopped) {
      this.key = key;
      this.stopped = stopped;
    }

    Single<Outcome<K, V>> outcome() {
      Duration within = policy.itemTimeout();
      return within.equals(Policy.FOREVER)
          ? attempt()
          : attempt()
              .timeout(
                  within.toNanos(),
                  NANOSECONDS,
                  timer,
                  Single.fromSupplier(() -> failure(late(Clock.ITEM, within))));
    }

    private Single<Outcome<K, V>> attempt() {
      return policy
          .limiter()
          .permit(
              clock.guard(
                  Maybe.defer(this::call), () -> late(Clock.ATTEMPT, policy.attemptTimeout())))
          .map(value -> Outcome.success(key, value))
          .defaultIfEmpty(Outcome.notFound(key))
          .onErrorResumeNext(this::failed);
    }

    private Maybe<V> call() {
      if (stopped.get()) {
        // Its permit came from another item of the same run that was disposed just before it.
        return Maybe.never();
      }
      attempts.incrementAndGet();
      return work.attempt(key);
    }

    private Single<Outcome<K, V>> failed(Throwable e) {
      if (!(e instanceof IOException cause)) {
        stopped.set(true);
        return Single.error(e);
      }
      // The permit is back by now: a sleeper must not starve others.
      return policy
          .retry()
          .next(attempts.get(), cause)
          .map(wait -> Single.timer(wait.toNanos(), NANOSECONDS, timer))
          .map(wait -> wait.flatMap(now -> attempt()))
          .orElseGet(() -> Single.just(failure(cause)));
    }

    private Outcome<K, V> failure(IOException cause) {
      return Outcome.failure(key, cause, attempts.get());
    }

    private DeadlineException late(Clock clock, Duration after) {
      return new DeadlineException(clock, key, work.target(key), after);
    }
  }
}
