package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.samples.LocalAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Answers queries over plain TCP, one per line, for telnet and netcat.
 *
 * <pre>{@code
 * try (TcpServer server = TcpServer.start(index, log, ListenSettings.onLoopback())) {
 *   System.out.println(server.port());
 * }
 * }</pre>
 *
 * <p>Built on Netty, because Vert.x closes a socket when the client closes its sending side: {@code
 * echo cat face | nc -N} would get no answer.
 */
final class TcpServer implements AutoCloseable {
  /** How long {@link #close} waits for unfinished answers. */
  private static final long GRACE_MILLIS = 1_500;

  private final CharIndex index;
  private final AccessLog log;
  private final ListenSettings settings;
  private final EventLoopGroup acceptor = eventLoops(1, "mojifinder-acceptor");
  private final EventLoopGroup workers =
      eventLoops(Runtime.getRuntime().availableProcessors(), "mojifinder-tcp");
  private final Map<Channel, TcpSession> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger clients = new AtomicInteger();
  private volatile boolean closing;

  @SuppressWarnings("NullAway.Init")
  private Channel listener;

  private TcpServer(CharIndex index, AccessLog log, ListenSettings settings) {
    this.index = index;
    this.log = log;
    this.settings = settings;
  }

  private static EventLoopGroup eventLoops(int threads, String name) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  /**
   * Starts a server that accepts connections when this method returns.
   *
   * @throws IOException if it cannot listen there; the message names address and port
   */
  static TcpServer start(CharIndex index, AccessLog log, ListenSettings settings)
      throws IOException {
    TcpServer server = new TcpServer(index, log, settings);
    try {
      server.listen();
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private void listen() throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptor, workers)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, ListenSettings.BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_SNDBUF, ListenSettings.SEND_BUFFER_BYTES)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(new Initializer());
    ChannelFuture bound =
        bootstrap.bind(settings.address(), settings.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw LocalAddress.cannotListen(settings.address(), settings.port(), bound.cause());
    }
    listener = bound.channel();
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /**
   * Stops accepting connections, then closes each client after the answer it is waiting for, within
   * 1.5 seconds.
   */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    if (listener != null) {
      listener.close().awaitUninterruptibly();
    }
    long deadline = System.nanoTime() + MILLISECONDS.toNanos(GRACE_MILLIS);
    sessions.forEach((channel, session) -> channel.eventLoop().execute(session::end));
    sessions.keySet().forEach(channel -> awaitClosed(channel, deadline));
    Stream.of(acceptor, workers)
        .map(loops -> loops.shutdownGracefully(0, GRACE_MILLIS, MILLISECONDS))
        .forEach(stopped -> stopped.awaitUninterruptibly(GRACE_MILLIS));
  }

  /** Closes the channel if it is still open at the deadline. */
  private static void awaitClosed(Channel channel, long deadline) {
    long nanos = Math.max(0, deadline - System.nanoTime());
    if (!channel.closeFuture().awaitUninterruptibly(nanos, NANOSECONDS)) {
      ChannelFuture unused = channel.close();
    }
  }

  /** One client. All methods run on the event loop of its channel. */
  private final class Connection extends ChannelInboundHandlerAdapter {
    private final String client;
    private final TcpSession session;

    Connection(Channel channel) {
      InetSocketAddress address = (InetSocketAddress) channel.remoteAddress();
      client = LocalAddress.hostAndPort(address.getAddress(), address.getPort());
      session = new TcpSession(index, log, client);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      Channel channel = context.channel();
      sessions.put(channel, session);
      log.add(client + " connected, " + clients.incrementAndGet() + " in all");
      if (closing) {
        session.end();
      }
      session
          .answers(SocketInput.of(channel))
          .subscribe(new SocketWriter(channel, e -> log.add(client + " failed: " + e)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      sessions.remove(context.channel());
      log.add(
          client
              + " left after "
              + session.queries()
              + " queries, "
              + clients.decrementAndGet()
              + " in all");
      context.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof IdleStateEvent) {
        ChannelFuture unused = context.close();
      } else {
        context.fireUserEventTriggered(event);
      }
    }

    /** A read failed: the client has reset the connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable e) {
      if (!(e instanceof IOException)) {
        log.add(client + " failed: " + e);
      }
      ChannelFuture unused = context.close();
    }
  }

  /** Sets up the handlers of an accepted connection. */
  private final class Initializer extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      long idle = settings.idleTimeout().toMillis();
      channel
          .pipeline()
          .addLast(new IdleStateHandler(0, 0, idle, MILLISECONDS), new Connection(channel));
    }
  }
}
