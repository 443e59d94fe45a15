package dev.sluice.rdap;

import io.reactivex.rxjava3.core.Single;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is loaded when it is first needed, and again when it is too old. Subscribers that
 * wait at the same time share one load, which goes on as long as one of them waits. A failure is
 * not cached.
 */
final class CachedSingle<T> {
  private record Cached<T>(T value, long sinceNanos) {}

  private final long maxAgeNanos;
  private final LongSupplier nanoClock;
  private final Single<T> load;
  private volatile @Nullable Cached<T> cached;

  CachedSingle(Single<T> load, long maxAgeNanos, LongSupplier nanoClock) {
    this.maxAgeNanos = maxAgeNanos;
    this.nanoClock = nanoClock;
    this.load =
        load.doOnSuccess(value -> cached = new Cached<>(value, nanoClock.getAsLong()))
            .toObservable()
            // A subscriber that arrives between onNext and onComplete still gets the value.
            .replay(1)
            .refCount()
            .singleOrError();
  }

  Single<T> get() {
    return Single.defer(this::cachedOrLoaded);
  }

  private Single<T> cachedOrLoaded() {
    Cached<T> last = cached;
    return last != null && nanoClock.getAsLong() - last.sinceNanos() < maxAgeNanos
        ? Single.just(last.value())
        : load;
  }
}
