package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;

/**
 * Whoever is asked, by the million.
 *
 * @param <T> what a success holds
 */
interface NameLookup<T> extends AutoCloseable {
  ResultFields<T> evidence();

  Flowable<Outcome<String, T>> of(Flowable<String> names);

  @Override
  void close() throws IOException;
}
