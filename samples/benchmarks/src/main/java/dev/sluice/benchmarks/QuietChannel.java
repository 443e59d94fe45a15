package dev.sluice.benchmarks;

import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A socket that tells, without waiting for the selector, whether unread bytes have arrived. */
final class QuietChannel extends NioSocketChannel {
  /**
   * {@return whether the connection is open and no byte has arrived; a byte that has is lost, so
   * close the connection after false}
   */
  boolean isQuiet() {
    try {
      return isActive() && javaChannel().read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Closes the connection; its handlers are told at once. */
  @SuppressWarnings("FutureReturnValueIgnored") // Closing has no result.
  void end() {
    close();
  }
}
