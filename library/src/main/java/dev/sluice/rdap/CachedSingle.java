package dev.sluice.rdap;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A value that is loaded when it is first needed, and again when it is too old. Subscribers share a
 * load while it is young, which goes on as long as one of them waits. A failure is not cached.
 *
 * <p>A load that hangs must not fail all subscribers, so it has a timeout of its own. After half of
 * that time, a new subscriber starts a new load, for example with the retry of an attempt that
 * waited in vain. After the timeout, the subscribers that still wait join the newest load.
 */
final class CachedSingle<T> {
  private record Cached<T>(T value, long sinceNanos) {}

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
    return last != null && ageNanos(last.sinceNanos()) < maxAgeNanos.applyAsLong(last.value())
        ? Single.just(last.value())
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
            .doOnSuccess(value -> cached = new Cached<>(value, timer.now(NANOSECONDS)))
            .doOnEvent((value, error) -> forget(load))
            .doOnDispose(() -> forget(load))
            .toObservable()
            // A subscriber that arrives between onNext and onComplete still gets the value.
            .replay(1)
            .refCount()
            .singleOrError();
    return load;
  }

  private void forget(Load<T> load) {
    current.compareAndSet(load, null);
  }

  private long ageNanos(long since) {
    return timer.now(NANOSECONDS) - since;
  }
}
