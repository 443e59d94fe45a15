package dev.sluice.samples.domains;

import dev.sluice.Limiter;
import dev.sluice.Pipeline;
import dev.sluice.journal.JournalCodec;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Looks up any number of names.
 *
 * @param <T> the value of a success
 */
interface NameLookup<T> extends AutoCloseable {
  ResultFields<T> evidence();

  Pipeline<String, T> pipeline();

  /** Makes the lines of a journal. */
  JournalCodec<String, T> journalCodec();

  /** The limiter of the pipeline. */
  Limiter limiter();

  /** The lane of a name; null if it has none. */
  @Nullable Object lane(String name);

  /** Prints how the name servers did, if there are any. */
  default void report(PrintWriter err) {}

  @Override
  void close() throws IOException;
}
