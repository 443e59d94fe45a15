package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.rxjava3.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;

/** The index behind HTTP: a page for people, JSON for programs. */
final class WebServer implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final int MAX_LINE_BYTES = 4096;
  private static final int MAX_HEADER_BYTES = 8192;

  private final HttpListeners loops;
  private final InetAddress address;

  private WebServer(CharIndex index, Settings settings) {
    address = settings.address();
    WebSite site = new WebSite(index);
    loops = HttpListeners.of(vertx -> listener(vertx.createHttpServer(options(settings)), site));
  }

  private static HttpServerOptions options(Settings settings) {
    return new HttpServerOptions()
        .setAcceptBacklog(BACKLOG)
        .setSendBufferSize(HttpListeners.SEND_BUFFER_BYTES)
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setHttp2ClearTextEnabled(false)
        .setStrictThreadMode(true)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        // Who is sent something has asked for it just now: so reading alone tells who is idle.
        .setReadIdleTimeout(Math.toIntExact(settings.idleTimeout().toMillis()))
        .setIdleTimeoutUnit(MILLISECONDS);
  }

  private static HttpListeners.Listener listener(HttpServer server, WebSite site) {
    server
        .getDelegate()
        // Without one it does not listen; each connection gets its own before the first request.
        .requestHandler(site::answer)
        .connectionHandler(
            connection -> {
              ResponseHeaders.encode(connection);
              PipeliningLimit.take(connection, site::answer);
            });
    return new HttpListeners.Listener(server::rxListen, server::rxShutdown, server::actualPort);
  }

  /**
   * A server that answers as soon as this returns.
   *
   * @throws IOException if it cannot listen there; the message says where
   */
  static WebServer start(CharIndex index, Settings settings) throws IOException {
    WebServer server = new WebServer(index, settings);
    server.loops.listen(settings.address(), settings.port());
    return server;
  }

  int port() {
    return loops.port();
  }

  /** Where this machine finds the page, such as {@code http://127.0.0.1:8080/}. */
  URI uri() {
    // Nobody can connect to "any address"; loopback is one of them.
    InetAddress host = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    String name = host.getHostAddress();
    return URI.create(
        "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port() + "/");
  }

  /** Closes the door first; whoever has asked is still answered. */
  @Override
  public void close() {
    loops.close();
  }

  /**
   * What a server is told.
   *
   * @param port 0 for any that is free
   * @param idleTimeout how long nothing may go to and fro before a connection is closed
   */
  record Settings(InetAddress address, int port, Duration idleTimeout) {
    static Settings onLoopback() {
      return new Settings(InetAddress.getLoopbackAddress(), 0, Duration.ofMinutes(1));
    }

    Settings withIdleTimeout(Duration newTimeout) {
      return new Settings(address, port, newTimeout);
    }
  }
}
