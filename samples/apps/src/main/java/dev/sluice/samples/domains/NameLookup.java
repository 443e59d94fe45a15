package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;

/**
 * Looks up any number of names.
 *
 * @param <T> the value of a success
 */
interface NameLookup<T> extends AutoCloseable {
  ResultFields<T> evidence();

  Flowable<Outcome<String, T>> of(Flowable<String> names);

  @Override
  void close() throws IOException;
}
