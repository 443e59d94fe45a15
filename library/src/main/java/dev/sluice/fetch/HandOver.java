package dev.sluice.fetch;

import dev.sluice.disk.DiskException;
import dev.sluice.http.LentBytes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Hands the bytes of one body from its network thread to the disk, in at most 4 pieces at a time: a
 * slow disk slows the reading. For one network thread.
 */
final class HandOver {
  private static final int LEAST_BUFFER = 8 << 10;
  private static final int MOST_BUFFER = 128 << 10;

  /** A quarter of the heap is for the buffers of all bodies. */
  private static final long ALL_BUFFERS = Runtime.getRuntime().maxMemory() / 4;

  /** At most as much at once is borrowed. */
  static final int LENT_BYTES = 256 << 10;

  static final int PIECES = 4;

  private final DiskQueue disk;
  private final Output output;
  private final StallClock clock;
  private final BodyBuffers buffers;
  private final Semaphore free = new Semaphore(PIECES);
  private final Queue<ByteBuffer> onHeap = new ConcurrentLinkedQueue<>();
  private volatile @Nullable IOException failure;

  /** Where the bytes go; called by disk tasks, one after another. */
  @FunctionalInterface
  interface Output {
    void write(ByteBuffer... bytes) throws IOException;
  }

  /**
   * Hands over to an output.
   *
   * @param buffers those of all bodies
   */
  HandOver(DiskQueue disk, Output output, StallClock clock, BodyBuffers buffers) {
    this.disk = disk;
    this.output = output;
    this.clock = clock;
    this.buffers = buffers;
  }

  /** {@return how long a buffer is if so many bodies are read at once, so that all fit} */
  static int bufferBytes(int bodies) {
    long each = ALL_BUFFERS / PIECES / bodies;
    return (int) Math.max(LEAST_BUFFER, Math.min(MOST_BUFFER, each));
  }

  /** Waits until the disk can be given one more piece. */
  void await() throws IOException {
    requireHealth();
    if (!free.tryAcquire()) {
      clock.pause();
      acquire();
      requireHealth();
      clock.awaitBody();
    }
  }

  private void acquire() throws IOException {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("cancelled while the disk was at work");
    }
  }

  /**
   * An empty buffer to fill.
   *
   * @param isHashed whether its bytes are hashed, for which they must be in the heap
   */
  ByteBuffer buffer(boolean isHashed) {
    ByteBuffer buffer = onHeap.poll();
    if (buffer != null) {
      return buffer.clear();
    }
    return isHashed ? buffers.onHeap() : buffers.take();
  }

  /** Has the bytes of such a buffer written. */
  void write(ByteBuffer buffer) {
    write(() -> output.write(buffer), () -> giveBack(buffer));
  }

  private void giveBack(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      buffers.giveBack(buffer);
    } else {
      boolean unused = onHeap.offer(buffer);
    }
  }

  /** Has lent bytes written, and gives them back. */
  void write(LentBytes lent) {
    write(() -> output.write(lent.buffers()), lent::release);
  }

  private void write(Writing piece, Runnable end) {
    disk.add(
        () -> {
          try {
            if (failure == null) {
              piece.run();
            }
          } catch (IOException e) {
            failure = e;
          } catch (Throwable e) {
            // Such as an OutOfMemoryError: the piece is not written, so no later one may be.
            failure = new DiskException("a piece cannot be written: " + e, new IOException(e));
          } finally {
            end(end);
          }
        });
  }

  private void end(Runnable end) {
    try {
      end.run();
    } finally {
      free.release();
    }
  }

  /** Waits until all is written. */
  void flush() throws IOException {
    disk.call(
        () -> {
          requireHealth();
          return output;
        });
  }

  private void requireHealth() throws IOException {
    IOException e = failure;
    if (e != null) {
      throw e;
    }
  }

  /** Writes a piece. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }
}
