package dev.sluice.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelId;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;

/** A socket that reads, without waiting for the selector, what has arrived. */
final class QuietChannel extends NioSocketChannel {
  private static final int STEP = 16 << 10;

  @Override
  protected ChannelId newId() {
    return CountedId.next();
  }

  /**
   * {@return whether the connection is open after all bytes that have arrived}
   *
   * <p>They go through the pipeline: records of TLS without content are allowed, and {@link
   * StrictResponses} closes the connection for any content.
   */
  boolean isQuiet() {
    while (isActive()) {
      ByteBuf bytes = alloc().ioBuffer(STEP);
      int read;
      try {
        read = bytes.writeBytes(javaChannel(), STEP);
      } catch (IOException e) {
        read = -1;
      }
      if (read <= 0) {
        bytes.release();
        return read == 0;
      }
      pipeline().fireChannelRead(bytes).fireChannelReadComplete();
    }
    return false;
  }

  /** Closes the connection; its handlers are told at once. */
  @SuppressWarnings("FutureReturnValueIgnored") // Closing has no result.
  void end() {
    close();
  }
}
