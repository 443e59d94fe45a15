package dev.sluice.netty;

import dev.sluice.Phase;
import dev.sluice.http.Transport;
import dev.sluice.netty.Addresses.Address;
import dev.sluice.netty.Addresses.Trial;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections. What may block, the lookup of a host name and the reading of trust anchors,
 * runs on threads of its own.
 */
final class Connector {
  private static final int LOOKUP_IDLE_SECONDS = 5;

  private final LazyLoop loop;
  private final IdleConnections idle;
  private final Tls tls = new Tls();
  private final Addresses addresses = new Addresses();

  /** As many threads as calls that look a name up at once. */
  private final ExecutorService lookups;

  Connector(LazyLoop loop, IdleConnections idle, ThreadFactory threads) {
    this.loop = loop;
    this.idle = idle;
    lookups =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            LOOKUP_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads);
  }

  /** A thread that looks names up. */
  static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "sluice-netty-lookup");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Loads soon, on other threads, what the first connection would wait for.
   *
   * @param attempt how long an attempt may take
   */
  void prepare(boolean isTls, Duration attempt) {
    addresses.shareOut(attempt);
    try {
      if (isTls) {
        // The JDK's part and Netty's at the same time.
        lookups.execute(tls::loadJdk);
      }
      lookups.execute(
          () -> {
            if (isTls) {
              tls.load();
            }
            loop.load();
          });
    } catch (OutOfMemoryError e) {
      return; // No thread can be started: the first connection says so, or finds one.
    }
  }

  /** Serves the exchange on a new connection. */
  void connect(Exchange exchange) {
    lookUp(exchange, () -> look(exchange));
  }

  private void lookUp(Exchange exchange, Failures.Step step) {
    try {
      lookups.execute(() -> Failures.orFail(exchange, step));
    } catch (RejectedExecutionException e) {
      exchange.fail(Failures.of(e));
    } catch (OutOfMemoryError e) {
      exchange.fail(new IOException("no thread: " + e.getMessage(), e));
    }
  }

  private void look(Exchange exchange) throws IOException {
    JvmProxy.requireNone(exchange.url());
    exchange.begin(Phase.DNS);
    List<Address> found = addresses.of(exchange.origin().host());
    exchange.end(Phase.DNS);
    exchange.begin(Phase.CONNECT);
    connect(exchange, found, 0);
  }

  private void connect(Exchange exchange, List<Address> found, int index) throws IOException {
    if (exchange.isCancelled()) {
      return;
    }
    Origin origin = exchange.origin();
    Trial address = found.get(index).trial();
    boolean isLast = index == found.size() - 1;
    Bootstrap connections = loop.connections().clone();
    QuietChannel channel = new QuietChannel();
    ChannelFuture registered =
        connections
            .channelFactory(() -> channel)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                isLast ? 0 : addresses.connectMillis(found.size()))
            .handler(new Initializer(origin, address, idle))
            .register();
    if (registered.cause() != null) {
      throw Failures.of(registered.cause());
    }
    exchange.onCancel(
        () -> {
          address.wasSilent();
          channel.end();
        });
    // After the channel is made, whose classes are loaded while TLS is.
    SslHandler secure = origin.isTls() ? secured(channel, origin) : null;
    channel
        .connect(address.at(origin.port()))
        .addListener(
            (ChannelFuture future) -> {
              if (future.isSuccess()) {
                connected(exchange, channel, secure);
              } else if (exchange.isCancelled()) {
                exchange.fail(Failures.of(future.cause()));
              } else if (isLast) {
                address.didNotConnect();
                exchange.fail(Failures.of(future.cause()));
              } else {
                address.didNotConnect();
                lookUp(exchange, () -> connect(exchange, found, index + 1));
              }
            });
  }

  private SslHandler secured(QuietChannel channel, Origin origin) throws IOException {
    SslHandler secure = tls.handler(origin, PooledByteBufAllocator.DEFAULT);
    channel.pipeline().addFirst(secure);
    return secure;
  }

  private static void connected(
      Exchange exchange, QuietChannel channel, @Nullable SslHandler secure) {
    if (secure == null) {
      Failures.orFail(exchange, () -> begin(exchange, channel));
    } else {
      secure
          .handshakeFuture()
          .addListener(
              (Future<Channel> handshake) ->
                  Failures.orFail(exchange, () -> begin(exchange, channel, secure, handshake)));
    }
  }

  private static void begin(
      Exchange exchange, QuietChannel channel, SslHandler secure, Future<Channel> handshake)
      throws IOException {
    if (!handshake.isSuccess()) {
      throw Failures.ofHandshake(handshake.cause());
    }
    if (!Transport.isFor(exchange.origin().host(), secure.engine().getSession())) {
      throw new IOException("the certificate is not for the host " + exchange.origin().host());
    }
    begin(exchange, channel);
  }

  private static void begin(Exchange exchange, QuietChannel channel) {
    exchange.end(Phase.CONNECT);
    // A channel that is closed has no handlers any more.
    Connection connection = channel.pipeline().get(Connection.class);
    if (connection == null || !connection.begin(exchange)) {
      exchange.fail(new IOException("the server sent bytes before the request, or left"));
    }
  }

  /** Lookups under way end by themselves; their calls fail. */
  void close() {
    lookups.shutdown();
  }

  private static final class Initializer extends ChannelInitializer<QuietChannel> {
    private final Origin origin;
    private final Trial address;
    private final IdleConnections idle;

    Initializer(Origin origin, Trial address, IdleConnections idle) {
      this.origin = origin;
      this.address = address;
      this.idle = idle;
    }

    @Override
    protected void initChannel(QuietChannel channel) {
      Connection unused = new Connection(channel, origin, address, idle);
    }
  }
}
