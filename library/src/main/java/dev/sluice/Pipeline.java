package dev.sluice;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.DeadlineException.Clock;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work done under a policy: keys in, outcomes out.
 *
 * <pre>{@code
 * Pipeline<String, Page> pages = Pipeline.of(Policy.limit(20), site::page);
 * Flowable<Outcome<String, Page>> outcomes = pages.runAll(Flowable.fromIterable(paths));
 * }</pre>
 *
 * @param <K> what is asked for
 * @param <V> what comes
 */
public final class Pipeline<K, V> {
  private final Policy policy;
  private final Work<K, V> work;
  private final Scheduler timer;
  private final Deadlines clock;

  private Pipeline(Policy policy, Work<K, V> work) {
    this.policy = requireNonNull(policy, "policy");
    this.work = requireNonNull(work, "work");
    this.timer = policy.schedulers().timer();
    this.clock = new Deadlines(policy.attemptTimeout(), timer);
  }

  /**
   * {@return this work under this policy}
   *
   * @param policy how it is done
   * @param work one attempt at one key
   * @param <K> what is asked for
   * @param <V> what comes
   */
  public static <K, V> Pipeline<K, V> of(Policy policy, Work<K, V> work) {
    return new Pipeline<>(policy, work);
  }

  /**
   * {@return the outcome of one key, cold: nothing happens before somebody subscribes}
   *
   * <p><b>Scheduler:</b> the outcome comes on the thread where the work ended, or on the timer when
   * a clock ran out. <b>Failure:</b> an {@code IOException} is a failure <i>value</i>; anything
   * else is a bug and goes to {@code onError}. <b>Cancellation:</b> disposes the attempt under way
   * and gives its permit back.
   *
   * @param key what is asked for
   */
  public Single<Outcome<K, V>> run(K key) {
    requireNonNull(key, "key");
    return Single.defer(() -> item(key, new AtomicInteger()));
  }

  /**
   * {@return the outcomes of many keys as they come}
   *
   * <p><b>Backpressure:</b> honoured; no more keys are pulled than the policy's window has room
   * for. <b>Scheduler, failure, cancellation:</b> as for {@link #run}; an error of the source goes
   * to {@code onError} and disposes the rest.
   *
   * @param keys what is asked for, finite or not
   */
  public Flowable<Outcome<K, V>> runAll(Flowable<? extends K> keys) {
    return policy.window().asCompleted(keys, this::run);
  }

  /**
   * {@return the outcomes of many keys in the order of the keys}
   *
   * <p><b>Backpressure:</b> honoured; no more keys are pulled than the policy's window has room
   * for. <b>Scheduler, failure, cancellation:</b> as for {@link #runAll}.
   *
   * @param keys what is asked for, finite or not
   */
  public Flowable<Outcome<K, V>> runInOrder(Flowable<? extends K> keys) {
    return policy.window().inOrder(keys, this::run);
  }

  private Single<Outcome<K, V>> item(K key, AtomicInteger attempts) {
    Single<Outcome<K, V>> item = attempt(key, attempts);
    Duration within = policy.itemTimeout();
    return within.equals(Policy.FOREVER)
        ? item
        : item.timeout(
            within.toNanos(),
            NANOSECONDS,
            timer,
            Single.fromSupplier(() -> failure(key, late(Clock.ITEM, key, within), attempts)));
  }

  private Single<Outcome<K, V>> attempt(K key, AtomicInteger attempts) {
    Maybe<V> call = Maybe.defer(() -> call(key, attempts));
    return policy
        .limiter()
        .permit(clock.guard(call, () -> late(Clock.ATTEMPT, key, policy.attemptTimeout())))
        .map(value -> Outcome.success(key, value))
        .defaultIfEmpty(Outcome.notFound(key))
        .onErrorResumeNext(e -> failed(key, attempts, e));
  }

  private Maybe<V> call(K key, AtomicInteger attempts) {
    attempts.incrementAndGet();
    return work.attempt(key);
  }

  private Single<Outcome<K, V>> failed(K key, AtomicInteger attempts, Throwable e) {
    if (!(e instanceof IOException cause)) {
      return Single.error(e);
    }
    // The permit is back by now: a sleeper must not starve others.
    return policy
        .retry()
        .next(attempts.get(), cause)
        .map(wait -> Single.timer(wait.toNanos(), NANOSECONDS, timer))
        .map(timer -> timer.flatMap(now -> attempt(key, attempts)))
        .orElseGet(() -> Single.just(failure(key, cause, attempts)));
  }

  private Outcome<K, V> failure(K key, IOException cause, AtomicInteger attempts) {
    return Outcome.failure(key, cause, attempts.get());
  }

  private DeadlineException late(Clock clock, K key, Duration after) {
    return new DeadlineException(clock, key, work.target(key), after);
  }
}
