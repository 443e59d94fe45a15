package dev.sluice.http;

import java.io.IOException;
import okio.Source;

/**
 * The bytes of a body, for a {@link Transport}: with Okio, which moves 8 KiB at a time, and in
 * pieces of any size. See {@link Transport#body}.
 */
public interface BulkSource extends Source {
  /**
   * {@return how many bytes were read, at least one; negative at the end}
   *
   * <p>Blocks until there is a byte, or the end.
   *
   * @param sink gets the bytes
   * @param offset where the first of them goes
   * @param count the most bytes, at least one
   * @throws IOException if the body breaks off, or the thread is interrupted
   */
  int read(byte[] sink, int offset, int count) throws IOException;
}
