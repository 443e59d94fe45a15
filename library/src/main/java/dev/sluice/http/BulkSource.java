package dev.sluice.http;

import java.io.IOException;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a body, for a {@link Transport}: with Okio, which copies 8 KiB at a time, and lent
 * in pieces of any size. See {@link Transport#body}.
 */
public interface BulkSource extends Source {
  /**
   * {@return the next bytes; null at the end}
   *
   * <p>Blocks until there is a byte, or the end. The network does not wait for lent bytes to come
   * back, so the borrower bounds how many it has.
   *
   * @param most the most bytes, at least one
   * @throws IOException if the body breaks off, or the thread is interrupted
   */
  @Nullable LentBytes lend(int most) throws IOException;
}
