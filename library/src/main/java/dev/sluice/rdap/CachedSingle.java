package dev.sluice.rdap;

import io.reactivex.rxjava3.core.Single;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for once and then known for a while. Those who ask at the same time share one
 * question, which goes on as long as one of them waits; a failure is not remembered.
 */
final class CachedSingle<T> {
  /** What is known, and since when. */
  private record Known<T>(T value, long sinceNanos) {}

  private final long forNanos;
  private final LongSupplier nowNanos;
  private final Single<T> question;
  private volatile @Nullable Known<T> known;

  private CachedSingle(Single<T> question, long forNanos, LongSupplier nowNanos) {
    this.forNanos = forNanos;
    this.nowNanos = nowNanos;
    this.question =
        question
            .doOnSuccess(this::remember)
            .toObservable()
            // With the answer kept, who comes between it and the end still hears of it.
            .replay(1)
            .refCount()
            .singleOrError();
  }

  static <T> CachedSingle<T> during(long forNanos, LongSupplier nowNanos, Single<T> question) {
    return new CachedSingle<>(question, forNanos, nowNanos);
  }

  Single<T> ask() {
    return Single.defer(this::knownOrAsked);
  }

  private Single<T> knownOrAsked() {
    Known<T> last = known;
    return last != null && nowNanos.getAsLong() - last.sinceNanos() < forNanos
        ? Single.just(last.value())
        : question;
  }

  private void remember(T value) {
    known = new Known<>(value, nowNanos.getAsLong());
  }
}
