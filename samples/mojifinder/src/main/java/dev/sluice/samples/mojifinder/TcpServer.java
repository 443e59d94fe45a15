package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.vertx.core.VertxException;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.rxjava3.core.net.NetServer;
import io.vertx.rxjava3.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers queries over plain TCP, a line each, for telnet and netcat.
 *
 * <pre>{@code
 * try (TcpServer server = TcpServer.start(index, journal, Settings.onLoopback())) {
 *   System.out.println(server.port());
 * }
 * }</pre>
 */
final class TcpServer implements AutoCloseable {
  /** As many as a burst of clients may be in a queue before the loop comes to greet them. */
  private static final int BACKLOG = 4096;

  private final HttpListeners loops;
  private final CharIndex index;
  private final AccessLog journal;
  private final AtomicInteger clients = new AtomicInteger();

  private TcpServer(CharIndex index, AccessLog journal, Settings settings) {
    this.index = index;
    this.journal = journal;
    loops = HttpListeners.of(vertx -> listener(vertx.createNetServer(options(settings))));
  }

  private static NetServerOptions options(Settings settings) {
    return new NetServerOptions()
        .setAcceptBacklog(BACKLOG)
        .setSendBufferSize(HttpListeners.SEND_BUFFER_BYTES)
        .setIdleTimeout(Math.toIntExact(settings.idleTimeout().toMillis()))
        .setIdleTimeoutUnit(MILLISECONDS);
  }

  private HttpListeners.Listener listener(NetServer server) {
    server.connectHandler(this::welcome);
    return new HttpListeners.Listener(server::rxListen, server::rxShutdown, server::actualPort);
  }

  /**
   * A server that answers as soon as this returns.
   *
   * @throws IOException if it cannot listen there; the message says where
   */
  static TcpServer start(CharIndex index, AccessLog journal, Settings settings) throws IOException {
    TcpServer server = new TcpServer(index, journal, settings);
    server.loops.listen(settings.address(), settings.port());
    return server;
  }

  int port() {
    return loops.port();
  }

  /** Closes the door first, then each client after the answer under way. */
  @Override
  public void close() {
    loops.close();
  }

  private void welcome(NetSocket socket) {
    String client = String.valueOf(socket.remoteAddress());
    journal.note(client + " connected, " + clients.incrementAndGet() + " in all");
    TcpSession session = new TcpSession(index, journal, client);
    NetSocketInternal connection = (NetSocketInternal) socket.getDelegate();
    SocketInput.stayOpen(connection);
    socket.shutdownHandler(unused -> session.end());
    socket.closeHandler(unused -> goodbye(client, session));
    session
        .answers(socket.toFlowable())
        .subscribe(new SocketWriter(connection, e -> note(client, e)));
  }

  private void note(String client, Throwable e) {
    // Whoever goes away in the middle has had enough: that is no failure of ours.
    if (!(e instanceof IOException || e instanceof VertxException)) {
      journal.note(client + " failed: " + e);
    }
  }

  private void goodbye(String client, TcpSession session) {
    int left = clients.decrementAndGet();
    journal.note(client + " left after " + session.queries() + " queries, " + left + " in all");
  }

  /**
   * What a server is told.
   *
   * @param port 0 for any that is free
   * @param idleTimeout how long nothing may go to and fro before a client is sent away
   */
  record Settings(InetAddress address, int port, Duration idleTimeout) {
    static Settings onLoopback() {
      return new Settings(InetAddress.getLoopbackAddress(), 0, Duration.ofMinutes(5));
    }

    Settings withIdleTimeout(Duration newTimeout) {
      return new Settings(address, port, newTimeout);
    }
  }
}
