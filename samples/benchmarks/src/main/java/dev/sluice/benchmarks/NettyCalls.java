package dev.sluice.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * A trial: HTTP/1.1 over Netty behind OkHttp's interface, with as many threads as event loops. Each
 * call is one request on the wire at most, on a connection that was quiet before. Bodies are read
 * whole, up to 64 MiB. There is no TLS, no proxy, no redirect, no compression, no idle timeout, and
 * host names are looked up on the event loop.
 */
final class NettyCalls implements Call.Factory, AutoCloseable {
  private final EventLoopGroup loops;
  private final Bootstrap bootstrap;
  private final ConcurrentMap<String, Deque<NettyConnection>> idle = new ConcurrentHashMap<>();

  NettyCalls(int threads) {
    loops =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("netty-calls", true), NioIoHandler.newFactory());
    bootstrap =
        new Bootstrap()
            .group(loops)
            .channelFactory(QuietChannel::new)
            .option(ChannelOption.TCP_NODELAY, true);
  }

  @Override
  public Call newCall(Request request) {
    return new NettyCall(request, this::start);
  }

  private void start(NettyCall call) {
    try {
      String origin = origin(call.request().url());
      Deque<NettyConnection> connections =
          idle.computeIfAbsent(origin, each -> new ConcurrentLinkedDeque<>());
      NettyConnection used = connections.pollFirst();
      if (used == null) {
        connect(call, connections);
      } else {
        used.channel().eventLoop().execute(() -> beginAgain(call, used));
      }
    } catch (IOException | RejectedExecutionException | IllegalStateException e) {
      call.fail(e);
    }
  }

  private static String origin(HttpUrl url) throws IOException {
    if (url.isHttps()) {
      throw new IOException("https is not supported");
    }
    return url.host() + ":" + url.port();
  }

  private void connect(NettyCall call, Deque<NettyConnection> connections) {
    HttpUrl url = call.request().url();
    ChannelFuture connected =
        bootstrap.clone().handler(initializer(connections)).connect(url.host(), url.port());
    call.onCancel(((QuietChannel) connected.channel())::end);
    connected.addListener(
        (ChannelFuture future) -> {
          if (!future.isSuccess()) {
            call.fail(future.cause());
          } else if (!begin(call, future.channel().pipeline().get(NettyConnection.class))) {
            call.fail(new IOException("the server sent bytes before the request, or left"));
          }
        });
  }

  private static ChannelHandler initializer(Deque<NettyConnection> connections) {
    return new ChannelInitializer<QuietChannel>() {
      @Override
      @SuppressWarnings("FutureReturnValueIgnored") // The channel tells its handler.
      protected void initChannel(QuietChannel channel) {
        NettyConnection connection = new NettyConnection(channel, connections::addFirst);
        channel.closeFuture().addListener(closed -> connections.remove(connection));
      }
    };
  }

  /** Nothing was sent if the used connection is not quiet, so the call takes another one. */
  private void beginAgain(NettyCall call, NettyConnection used) {
    if (!begin(call, used)) {
      start(call);
    }
  }

  /** On the event loop of the connection. Returns false if it is unusable. */
  private static boolean begin(NettyCall call, NettyConnection connection) {
    try {
      return connection.begin(call);
    } catch (IOException e) {
      call.fail(e);
      return true;
    }
  }

  /** Ends every connection; calls under way fail. */
  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
