package dev.sluice.fetch;

import dev.sluice.http.BodyReader;
import dev.sluice.http.BulkSource;
import dev.sluice.http.LentBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Copies bytes of one body to the disk, on the network thread that reads them.
 *
 * @param out takes them
 * @param clock measures the time without a byte
 * @param progress is told of the bytes
 */
record BodyCopy(HandOver out, StallClock clock, ByteProgress progress) {
  /**
   * Writes the next bytes of a body, and waits until they are written.
   *
   * @param digest gets the same bytes
   * @param most at most this many bytes are written
   * @param limit at most this many are read
   * @return how many bytes were read
   */
  long copy(ResponseBody body, @Nullable MessageDigest digest, long most, long limit)
      throws IOException {
    long copied = 0;
    boolean isOpen = true;
    while (isOpen && copied < limit) {
      out.await();
      BulkSource lender = BodyReader.lender(body);
      long before = copied;
      copied +=
          lender == null
              ? fill(body, digest, most - copied, limit - copied)
              : borrow(lender, digest, most - copied);
      isOpen = copied > before;
    }
    clock.pause();
    out.flush();
    return copied;
  }

  /** Hands on one buffer. */
  private long fill(ResponseBody body, @Nullable MessageDigest digest, long most, long limit)
      throws IOException {
    ByteBuffer buffer = out.buffer(digest != null);
    int filled;
    buffer.limit((int) Math.min(buffer.capacity(), limit));
    try {
      int read = 0;
      while (read >= 0 && buffer.hasRemaining() && BodyReader.lender(body) == null) {
        read = body.source().read(buffer);
        came(Math.max(read, 0));
      }
    } finally {
      // Also what came before an error: the next attempt goes on behind it.
      filled = buffer.position();
      buffer.flip().limit((int) Math.min(filled, most));
      if (digest != null) {
        digest.update(buffer.duplicate());
      }
      out.write(buffer);
    }
    return filled;
  }

  /** Hands on bytes as they lie; one byte beyond the last is read, and not handed on. */
  private long borrow(BulkSource lender, @Nullable MessageDigest digest, long most)
      throws IOException {
    LentBytes lent = lender.lend((int) Math.max(1, Math.min(most, HandOver.LENT_BYTES)));
    if (lent == null) {
      return 0;
    }
    int size = lent.size();
    came(size);
    if (size > most) {
      lent.release();
      return size;
    }
    if (digest != null) {
      for (ByteBuffer buffer : lent.buffers()) {
        digest.update(buffer.duplicate());
      }
    }
    out.write(lent);
    return size;
  }

  private void came(int bytes) {
    clock.progress();
    progress.received(bytes);
  }
}
