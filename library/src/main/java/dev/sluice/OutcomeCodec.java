package dev.sluice;

import org.jspecify.annotations.Nullable;

/**
 * Makes the entry of an {@link OutcomeLog} for an outcome.
 *
 * @param <K> the type of a key
 * @param <V> the type of a value
 * @param <E> what is recorded for an outcome
 */
@FunctionalInterface
public interface OutcomeCodec<K, V, E> {
  /**
   * {@return what is recorded for an outcome}
   *
   * @param outcome what came
   * @param timings how it came about
   */
  E entry(Outcome<? extends K, ? extends V> outcome, Timings timings);

  /**
   * {@return what is recorded for an error that came when the key had its outcome, so that only
   * {@code RxJavaPlugins.onError} gets it; null, the default, for nothing}
   *
   * @param key whose attempt made the error
   * @param error a bug
   */
  default @Nullable E late(K key, Throwable error) {
    return null;
  }
}
