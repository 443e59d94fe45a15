package dev.sluice.http;

import java.nio.ByteBuffer;

/** Bytes of a body that are not copied on their way from the network. See {@link BulkSource}. */
public interface LentBytes {
  /** {@return the bytes in their order, at least one; the same buffers each time} */
  ByteBuffer[] buffers();

  /**
   * Gives the buffers back: from now on they may hold other bytes. To be called once, by any
   * thread. Must not block.
   */
  void release();

  /** {@return how many bytes there are before anything is read from the buffers} */
  default int size() {
    int size = 0;
    for (ByteBuffer buffer : buffers()) {
      size += buffer.remaining();
    }
    return size;
  }
}
