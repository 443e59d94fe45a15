package dev.sluice.dns.engine;

import java.util.ArrayDeque;
import java.util.Queue;

/** Send buffers that ports share: a port has one from its first unsent query to the flush. */
final class SendBuffers {
  private final Queue<SendBuffer> free = new ArrayDeque<>();

  SendBuffer take() {
    SendBuffer buffer = free.poll();
    return buffer == null ? new SendBuffer() : buffer;
  }

  void giveBack(SendBuffer buffer) {
    buffer.clear();
    free.add(buffer);
  }
}
