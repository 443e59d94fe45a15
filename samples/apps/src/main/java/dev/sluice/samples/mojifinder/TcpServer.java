package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.vertx.core.VertxException;
import io.vertx.core.net.NetServerOptions;
import io.vertx.rxjava3.core.Vertx;
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

  private final Vertx vertx;
  private final NetServer server;
  private final CharIndex index;
  private final Journal journal;
  private final AtomicInteger clients = new AtomicInteger();

  private TcpServer(CharIndex index, Journal journal, Settings settings) {
    this.index = index;
    this.journal = journal;
    vertx = EventLoops.start();
    server =
        vertx
            .createNetServer(
                new NetServerOptions()
                    .setAcceptBacklog(BACKLOG)
                    .setIdleTimeout(Math.toIntExact(settings.idleTimeout().toMillis()))
                    .setIdleTimeoutUnit(MILLISECONDS))
            .connectHandler(this::welcome);
  }

  /**
   * A server that answers as soon as this returns.
   *
   * @throws IOException if it cannot listen there; the message says where
   */
  static TcpServer start(CharIndex index, Journal journal, Settings settings) throws IOException {
    TcpServer server = new TcpServer(index, journal, settings);
    try {
      EventLoops.listen(server.server::rxListen, settings.address(), settings.port());
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  int port() {
    return server.actualPort();
  }

  /** Closes the door first, then each client after the answer under way. */
  @Override
  public void close() {
    EventLoops.close(vertx, server::rxShutdown);
  }

  private void welcome(NetSocket socket) {
    String client = String.valueOf(socket.remoteAddress());
    journal.note(client + " connected, " + clients.incrementAndGet() + " in all");
    TcpSession session = new TcpSession(index, journal, client);
    socket.shutdownHandler(unused -> session.end());
    Disposable unused =
        session
            .answers(socket.toFlowable())
            .concatMapCompletable(socket::rxWrite, 1)
            .onErrorComplete(e -> isGone(e) || isNoted(client, e))
            .andThen(Completable.defer(socket::rxClose))
            .onErrorComplete(TcpServer::isGone)
            .subscribe(() -> goodbye(client, session));
  }

  /** Whoever goes away in the middle has had enough: that is no failure of ours. */
  private static boolean isGone(Throwable e) {
    return e instanceof IOException || e instanceof VertxException;
  }

  private boolean isNoted(String client, Throwable e) {
    journal.note(client + " failed: " + e);
    return true;
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
