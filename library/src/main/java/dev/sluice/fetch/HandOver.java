package dev.sluice.fetch;

import dev.sluice.disk.PartialFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands the bytes of one body from its network thread to the disk, in at most 4 buffers of 128 KiB:
 * a slow disk slows the reading. For one network thread.
 */
final class HandOver {
  static final int BUFFER_BYTES = 128 << 10;
  private static final int BUFFERS = 4;

  private final DiskQueue disk;
  private final PartialFile file;
  private final StallClock clock;
  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BUFFERS);
  private int made;
  private volatile @Nullable IOException failure;

  HandOver(DiskQueue disk, PartialFile file, StallClock clock) {
    this.disk = disk;
    this.file = file;
    this.clock = clock;
  }

  /** A buffer to fill; waits for the disk if none is free. */
  byte[] take() throws IOException {
    requireHealth();
    byte[] buffer = free.poll();
    if (buffer == null && made < BUFFERS) {
      made++;
      return new byte[BUFFER_BYTES];
    }
    return buffer == null ? await() : buffer;
  }

  private byte[] await() throws IOException {
    clock.pause();
    try {
      byte[] buffer = free.take();
      requireHealth();
      clock.awaitBody();
      return buffer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("cancelled while the disk was at work");
    }
  }

  /** Has the first bytes of a buffer written. */
  void write(byte[] buffer, int length) {
    disk.add(
        () -> {
          try {
            if (failure == null) {
              file.append(ByteBuffer.wrap(buffer, 0, length));
            }
          } catch (IOException e) {
            failure = e;
          } finally {
            free.add(buffer);
          }
        });
  }

  /** Waits until all is written. */
  void flush() throws IOException {
    disk.call(
        () -> {
          requireHealth();
          return file;
        });
  }

  private void requireHealth() throws IOException {
    IOException e = failure;
    if (e != null) {
      throw e;
    }
  }
}
