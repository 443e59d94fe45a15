package dev.sluice;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.DeadlineException.Clock;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One work under one policy: retry( permit( attempt timeout( work ) ) ), key by key. */
final class Execution<K, V> {
  private final Policy policy;
  private final Work<K, V> work;
  private final AttemptTimeouts clock;

  Execution(Policy policy, Work<K, V> work) {
    this.policy = requireNonNull(policy, "policy");
    this.work = requireNonNull(work, "work");
    this.clock = new AttemptTimeouts(policy.attemptTimeout(), policy.schedulers().timer());
  }

  Policy policy() {
    return policy;
  }

  /** The outcome of one key, in a run that may have been stopped before its turn comes. */
  Single<Outcome<K, V>> run(K key, AtomicBoolean stopped) {
    requireNonNull(key, "key");
    return policy.itemTimeout().equals(Policy.FOREVER)
        ? untimed(key, stopped)
        : Single.defer(() -> timed(key, stopped));
  }

  private Single<Outcome<K, V>> untimed(K key, AtomicBoolean stopped) {
    return new Single<>() {
      @Override
      protected void subscribeActual(SingleObserver<? super Outcome<K, V>> downstream) {
        new KeyRun<>(Execution.this, key, stopped, new AtomicInteger(), downstream).begin();
      }
    };
  }

  private Single<Outcome<K, V>> timed(K key, AtomicBoolean stopped) {
    AtomicInteger attempts = new AtomicInteger();
    Duration within = policy.itemTimeout();
    return Single.<Outcome<K, V>>wrap(
            downstream -> new KeyRun<>(this, key, stopped, attempts, downstream).begin())
        .timeout(
            within.toNanos(),
            NANOSECONDS,
            policy.schedulers().timer(),
            Single.fromSupplier(
                () -> Outcome.failure(key, late(Clock.ITEM, key, within), attempts.get())));
  }

  /** One attempt, under its clock. */
  Maybe<V> attempt(K key) {
    return clock.isEndless()
        ? work.attempt(key)
        : clock.guard(
            Maybe.defer(() -> work.attempt(key)),
            () -> late(Clock.ATTEMPT, key, policy.attemptTimeout()));
  }

  private DeadlineException late(Clock clock, K key, Duration after) {
    return new DeadlineException(clock, key, work.target(key), after);
  }
}
