package dev.sluice.rdap;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.RetryHint;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A value that is loaded when it is first needed, and again when it is too old. Subscribers share a
 * load while it is young, which goes on as long as one of them waits.
 *
 * <p>A failure is kept for as long as its server asks to be left alone, 5 minutes at most. Without
 * such a wish the next subscriber starts a new load, because the failure may have passed; failures
 * in a row are kept for 1 s, 2 s and so on up to 30 s, so that thousands of subscribers do not ask
 * a server that is down one after the other.
 *
 * <p>A load that hangs must not fail all subscribers, so it has a timeout of its own. After half of
 * that time, a new subscriber starts a new load, for example with the retry of an attempt that
 * waited in vain. After the timeout, the subscribers that still wait join the newest load.
 */
final class CachedSingle<T> {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final long FIRST_WAIT_NANOS = SECONDS.toNanos(1);
  private static final long LONGEST_OWN_WAIT_NANOS = SECONDS.toNanos(30);

  /** A failure that comes later after another one says nothing of that time. */
  private static final long LONGEST_ROW_NANOS = 2 * LONGEST_OWN_WAIT_NANOS;

  /** The number of failures after which the wait no longer doubles. */
  private static final int DOUBLINGS = 6;

  private record Cached<T>(T value, long sinceNanos) {}

  /** The last one of some failures in a row. */
  private record Failed(Throwable error, int inRow, long sinceNanos) {
    long waitNanos() {
      return Math.max(askedNanos(), ownNanos());
    }

    private long askedNanos() {
      Duration asked =
          error instanceof RetryHint hint ? hint.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
      return asked.compareTo(LONGEST_WAIT) < 0 ? asked.toNanos() : LONGEST_WAIT.toNanos();
    }

    private long ownNanos() {
      return inRow < 2
          ? 0
          : Math.min(FIRST_WAIT_NANOS << Math.min(inRow - 2, DOUBLINGS), LONGEST_OWN_WAIT_NANOS);
    }
  }

  /** A shared load; compared by identity. */
  private static final class Load<T> {
    final long sinceNanos;
    Single<T> shared = Single.never();

    Load(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }
  }

  private final Single<T> source;
  private final ToLongFunction<? super T> maxAgeNanos;
  private final long timeoutNanos;
  private final Scheduler timer;
  private final AtomicReference<@Nullable Load<T>> current = new AtomicReference<>();
  private volatile @Nullable Cached<T> cached;
  private volatile @Nullable Failed failed;

  /**
   * A value.
   *
   * @param source loads it
   * @param maxAgeNanos when a value is loaded again
   * @param timeoutNanos of one load
   * @param timer the clock of both
   */
  CachedSingle(
      Single<T> source, ToLongFunction<? super T> maxAgeNanos, long timeoutNanos, Scheduler timer) {
    this.source = source;
    this.maxAgeNanos = maxAgeNanos;
    this.timeoutNanos = timeoutNanos;
    this.timer = timer;
  }

  Single<T> get() {
    return Single.defer(this::cachedOrLoaded);
  }

  private Single<T> cachedOrLoaded() {
    Cached<T> last = cached;
    if (last != null && ageNanos(last.sinceNanos()) < maxAgeNanos.applyAsLong(last.value())) {
      return Single.just(last.value());
    }
    Failed failure = failed;
    return failure != null && ageNanos(failure.sinceNanos()) < failure.waitNanos()
        ? Single.error(failure.error())
        : youngLoad().shared.onErrorResumeNext(this::renewed);
  }

  private Single<T> renewed(Throwable e) {
    return e instanceof TimeoutException ? get() : Single.error(e);
  }

  private Load<T> youngLoad() {
    while (true) {
      Load<T> present = current.get();
      if (present != null && ageNanos(present.sinceNanos) < timeoutNanos / 2) {
        return present;
      }
      Load<T> next = newLoad();
      if (current.compareAndSet(present, next)) {
        return next;
      }
    }
  }

  private Load<T> newLoad() {
    Load<T> load = new Load<>(timer.now(NANOSECONDS));
    load.shared =
        source
            .timeout(timeoutNanos, NANOSECONDS, timer)
            .doOnSuccess(this::keep)
            .doOnError(this::keepFailure)
            .doOnEvent((value, error) -> forget(load))
            .doOnDispose(() -> forget(load))
            .toObservable()
            // A subscriber that arrives between onNext and onComplete still gets the value.
            .replay(1)
            .refCount()
            .singleOrError();
    return load;
  }

  private void keep(T value) {
    cached = new Cached<>(value, timer.now(NANOSECONDS));
    failed = null;
  }

  /** Any other error is a bug, or a timeout, which has taken its time. */
  private void keepFailure(Throwable e) {
    if (e instanceof IOException) {
      Failed before = failed;
      int inRow =
          before != null && ageNanos(before.sinceNanos()) < LONGEST_ROW_NANOS
              ? before.inRow() + 1
              : 1;
      failed = new Failed(e, inRow, timer.now(NANOSECONDS));
    }
  }

  private void forget(Load<T> load) {
    current.compareAndSet(load, null);
  }

  private long ageNanos(long since) {
    return timer.now(NANOSECONDS) - since;
  }
}
