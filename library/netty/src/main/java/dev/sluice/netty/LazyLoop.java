package dev.sluice.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The event loop, made by its first use: the classes of Netty take 40 ms to load. Thread-safe. */
final class LazyLoop implements AutoCloseable {
  private static final int LEAST_READ = 1 << 10;
  private static final int FIRST_READ = 16 << 10;

  private final int limit;
  private final Consumer<EventLoop> started;

  // Guarded by this.
  private @Nullable Bootstrap made;
  private boolean isClosed;
  private @Nullable BufferSizes sizes;

  /**
   * A loop that is not made yet.
   *
   * @param limit how many connections there are at most
   * @param started gets the loop once it is made
   */
  LazyLoop(int limit, Consumer<EventLoop> started) {
    this.limit = limit;
    this.started = started;
  }

  /** Makes the loop. What fails here fails again for the first connection, which says so. */
  void load() {
    try {
      Bootstrap unused = connections();
    } catch (IOException e) {
      return;
    }
  }

  /** {@return how the memory is divided; Netty knows the bound of the JVM} */
  synchronized BufferSizes sizes() {
    BufferSizes divided = sizes;
    if (divided == null) {
      divided = BufferSizes.of(PlatformDependent.maxDirectMemory(), limit);
      sizes = divided;
    }
    return divided;
  }

  /**
   * {@return makes connections that the loop serves; to be cloned, and without a channel}
   *
   * @throws IOException if it is closed, or cannot be made
   */
  synchronized Bootstrap connections() throws IOException {
    if (isClosed) {
      throw new IOException("the transport is closed");
    }
    Bootstrap connections = made;
    if (connections == null) {
      EventLoop loop = open();
      connections = of(loop);
      made = connections;
      started.accept(loop);
    }
    return connections;
  }

  /** Not in a group: that waits for its end, on a thread that keeps the JVM up for a second. */
  private static EventLoop open() throws IOException {
    try {
      return new SingleThreadIoEventLoop(
          null, new DefaultThreadFactory("sluice-netty", true), NioIoHandler.newFactory());
    } catch (ChannelException e) {
      throw new IOException("the event loop cannot be opened: " + e.getCause(), e);
    }
  }

  private Bootstrap of(EventLoop loop) {
    int mostRead = sizes().read();
    return new Bootstrap()
        .group(loop)
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(LEAST_READ, Math.min(FIRST_READ, mostRead), mostRead))
        // The adaptive one of Netty 4.2 allocates the buffers of a long body anew.
        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .option(ChannelOption.TCP_NODELAY, true);
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    if (made != null) {
      var unused = made.config().group().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
