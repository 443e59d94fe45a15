package dev.sluice.samples.domains;

import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Looks up names by name servers.
 *
 * @param <T> the value of a success
 */
interface DnsLookup<T> extends NameLookup<T> {
  /** The resolver, which is closed with this. */
  ResolverOptions.Open open();

  /** None: the resolver chooses the name server of each query. */
  @Override
  default @Nullable Object lane(String name) {
    return null;
  }

  @Override
  default void report(PrintWriter err) {
    open().report(err);
  }

  @Override
  default void close() throws IOException {
    open().close();
  }
}
