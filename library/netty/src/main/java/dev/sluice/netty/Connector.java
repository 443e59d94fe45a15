package dev.sluice.netty;

import dev.sluice.Phase;
import dev.sluice.http.Transport;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections. What may block, the lookup of a host name and the reading of trust anchors,
 * runs on threads of its own.
 */
final class Connector {
  private static final int LOOKUP_IDLE_SECONDS = 5;

  /** For an address that does not answer, if there is another one. */
  private static final int CONNECT_MILLIS = 10_000;

  private final LazyLoop loop;
  private final IdleConnections idle;
  private final Tls tls = new Tls();

  /** As many threads as calls that look a name up at once. */
  private final ExecutorService lookups =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          LOOKUP_IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Connector::thread);

  Connector(LazyLoop loop, IdleConnections idle) {
    this.loop = loop;
    this.idle = idle;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "sluice-netty-lookup");
    thread.setDaemon(true);
    return thread;
  }

  /** Loads soon, on other threads, what the first connection would wait for. */
  void prepare(boolean isTls) {
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
  }

  /** Serves the exchange on a new connection. */
  void connect(Exchange exchange) {
    lookups.execute(() -> look(exchange));
  }

  private void look(Exchange exchange) {
    InetAddress[] addresses;
    try {
      JvmProxy.requireNone(exchange.url());
      exchange.begin(Phase.DNS);
      addresses = InetAddress.getAllByName(exchange.origin().host());
    } catch (IOException e) {
      exchange.fail(e);
      return;
    }
    exchange.end(Phase.DNS);
    exchange.begin(Phase.CONNECT);
    tryAddress(exchange, addresses, 0);
  }

  private void connect(Exchange exchange, InetAddress[] addresses, int index) throws IOException {
    if (exchange.isCancelled()) {
      return;
    }
    Origin origin = exchange.origin();
    SslHandler secure = origin.isTls() ? tls.handler(origin, PooledByteBufAllocator.DEFAULT) : null;
    boolean isLast = index == addresses.length - 1;
    ChannelFuture connected =
        loop.connections()
            .clone()
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, isLast ? 0 : CONNECT_MILLIS)
            .handler(new Initializer(origin, idle, secure))
            .connect(addresses[index], origin.port());
    exchange.onCancel(((QuietChannel) connected.channel())::end);
    connected.addListener(
        (ChannelFuture future) -> {
          if (future.isSuccess()) {
            secured(exchange, future.channel(), secure);
          } else if (isLast || exchange.isCancelled()) {
            exchange.fail(failure(future.cause()));
          } else {
            lookups.execute(() -> tryAddress(exchange, addresses, index + 1));
          }
        });
  }

  private void tryAddress(Exchange exchange, InetAddress[] addresses, int index) {
    try {
      connect(exchange, addresses, index);
    } catch (IOException e) {
      exchange.fail(e);
    } catch (IllegalStateException | RejectedExecutionException e) {
      exchange.fail(new IOException("the transport is closed", e));
    }
  }

  private static void secured(Exchange exchange, Channel channel, @Nullable SslHandler secure) {
    if (secure == null) {
      begin(exchange, channel);
      return;
    }
    secure
        .handshakeFuture()
        .addListener(
            (Future<Channel> handshake) -> {
              if (!handshake.isSuccess()) {
                exchange.fail(refusal(handshake.cause()));
              } else if (!Transport.isFor(exchange.origin().host(), secure.engine().getSession())) {
                ((QuietChannel) channel).end();
                exchange.fail(
                    new IOException(
                        "the certificate is not for the host " + exchange.origin().host()));
              } else {
                begin(exchange, channel);
              }
            });
  }

  private static void begin(Exchange exchange, Channel channel) {
    exchange.end(Phase.CONNECT);
    // A channel that is closed has no handlers any more.
    Connection connection = channel.pipeline().get(Connection.class);
    if (connection == null || !connection.begin(exchange)) {
      exchange.fail(new IOException("the server sent bytes before the request, or left"));
    }
  }

  /** With the reason in the message: OpenSSL's says only that there was a problem. */
  private static IOException refusal(Throwable cause) {
    Throwable reason = cause.getCause();
    if (!(cause instanceof SSLHandshakeException) || reason == null) {
      return failure(cause);
    }
    SSLHandshakeException refusal =
        new SSLHandshakeException(cause.getMessage() + ": " + reason.getMessage());
    refusal.initCause(cause);
    return refusal;
  }

  private static IOException failure(Throwable cause) {
    return cause instanceof IOException e ? e : new IOException(cause.toString(), cause);
  }

  /** Lookups under way end by themselves; their calls fail. */
  void close() {
    lookups.shutdown();
  }

  private static final class Initializer extends ChannelInitializer<QuietChannel> {
    private final Origin origin;
    private final IdleConnections idle;
    private final @Nullable SslHandler secure;

    Initializer(Origin origin, IdleConnections idle, @Nullable SslHandler secure) {
      this.origin = origin;
      this.idle = idle;
      this.secure = secure;
    }

    @Override
    protected void initChannel(QuietChannel channel) {
      if (secure != null) {
        channel.pipeline().addLast(secure);
      }
      Connection unused = new Connection(channel, origin, idle);
    }
  }
}
