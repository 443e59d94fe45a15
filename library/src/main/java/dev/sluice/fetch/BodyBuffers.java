package dev.sluice.fetch;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Buffers for bodies on their way to the disk. A few are outside the heap: the disk takes them
 * without another copy. They serve all bodies of one {@link Downloads}, for their memory is only
 * free after a garbage collection.
 *
 * <p>Thread-safe.
 */
final class BodyBuffers {
  /** Enough for 4 bodies at once; the sockets need memory outside the heap as well. */
  private static final int MOST = 4 * HandOver.PIECES;

  private final int bytes;
  private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger made = new AtomicInteger();

  /**
   * Makes buffers when they are needed.
   *
   * @param bytes how long each is
   */
  BodyBuffers(int bytes) {
    this.bytes = bytes;
  }

  /** An empty buffer, outside the heap if there is one. */
  ByteBuffer take() {
    ByteBuffer buffer = free.poll();
    if (buffer != null) {
      return buffer.clear();
    }
    boolean isOneMore = made.getAndUpdate(count -> Math.min(count + 1, MOST)) < MOST;
    return isOneMore ? outside() : onHeap();
  }

  private ByteBuffer outside() {
    try {
      return ByteBuffer.allocateDirect(bytes);
    } catch (OutOfMemoryError e) {
      return onHeap(); // Of -XX:MaxDirectMemorySize. The disk may need less.
    }
  }

  /** An empty buffer in the heap. */
  ByteBuffer onHeap() {
    return ByteBuffer.allocate(bytes);
  }

  /** Takes a buffer back that is outside the heap. */
  void giveBack(ByteBuffer buffer) {
    boolean unused = free.offer(buffer);
  }
}
