package dev.sluice;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.DeadlineException.Clock;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One work under one policy: retry( hedge( permit( attempt timeout( work ) ) ) ), key by key. */
final class Execution<K, V> {
  private final Policy policy;
  private final Work<K, V> work;
  private final AttemptTimeouts timeouts;

  /** Null if nothing is hedged. */
  private final @Nullable HedgeDelays hedgeDelays;

  Execution(Policy policy, Work<K, V> work) {
    this.policy = requireNonNull(policy, "policy");
    this.work = requireNonNull(work, "work");
    this.timeouts = new AttemptTimeouts(policy.attemptTimeout(), policy.schedulers().timer());
    Hedge hedge = policy.hedge();
    hedgeDelays = hedge == null ? null : new HedgeDelays(hedge);
  }

  @Nullable HedgeDelays hedgeDelays() {
    return hedgeDelays;
  }

  Policy policy() {
    return policy;
  }

  AttemptTimeouts timeouts() {
    return timeouts;
  }

  /**
   * The outcome of one key. For one subscriber.
   *
   * @param run the run that it belongs to
   * @param course counts its attempts
   */
  Single<Outcome<K, V>> run(K key, Lane.Run run, Course course) {
    requireNonNull(key, "key");
    Single<Outcome<K, V>> outcome =
        new Single<>() {
          @Override
          protected void subscribeActual(SingleObserver<? super Outcome<K, V>> downstream) {
            new KeyRun<>(Execution.this, key, run, course, downstream).begin();
          }
        };
    return policy.itemTimeout().equals(Policy.FOREVER) ? outcome : timed(outcome, key, course);
  }

  private Single<Outcome<K, V>> timed(Single<Outcome<K, V>> outcome, K key, Course course) {
    Duration within = policy.itemTimeout();
    return outcome.timeout(
        within.toNanos(),
        NANOSECONDS,
        policy.schedulers().timer(),
        Single.fromSupplier(
            () -> Outcome.failure(key, late(Clock.ITEM, key, within), course.get())));
  }

  /** The lane that the work names, also if the limiter has no lanes. */
  @Nullable Object lane(K key) {
    return work.lane(key);
  }

  /** One attempt, without its clock. */
  Maybe<V> attempt(K key) {
    return work.attempt(key, policy.schedulers());
  }

  /** The failure of an attempt whose clock ran out. */
  DeadlineException late(K key) {
    return late(Clock.ATTEMPT, key, policy.attemptTimeout());
  }

  private DeadlineException late(Clock clock, K key, Duration after) {
    return new DeadlineException(clock, key, work.target(key), after);
  }
}
