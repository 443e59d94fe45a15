package dev.sluice.samples.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads the items of a list, one after the other. */
interface ItemReader extends Closeable {
  /**
   * The next item; empty at the end.
   *
   * @throws ListException if the list is not what it should be; the message says where
   */
  Optional<ListedItem> next() throws IOException;
}
