package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;

/** The index over HTTP: a page for people, JSON for programs. */
final class WebServer implements AutoCloseable {
  private static final int MAX_LINE_BYTES = 4096;
  private static final int MAX_HEADER_BYTES = 8192;

  private final HttpListeners listeners;
  private final InetAddress address;

  private WebServer(CharIndex index, ListenSettings settings) {
    address = settings.address();
    WebSite site = new WebSite(index);
    listeners = new HttpListeners(vertx -> listener(vertx, settings, site));
  }

  private static HttpServer listener(Vertx vertx, ListenSettings settings, WebSite site) {
    HttpServer listener = vertx.createHttpServer(options(settings));
    PipeliningLimit limit = new PipeliningLimit(vertx.getDelegate(), site::answer);
    listener.getDelegate().connectionHandler(limit::add).requestHandler(limit);
    return listener;
  }

  private static HttpServerOptions options(ListenSettings settings) {
    return new HttpServerOptions()
        .setAcceptBacklog(ListenSettings.BACKLOG)
        .setSendBufferSize(ListenSettings.SEND_BUFFER_BYTES)
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setHttp2ClearTextEnabled(false)
        .setStrictThreadMode(true)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        // Only reads count: every answer follows a request.
        .setReadIdleTimeout(Math.toIntExact(settings.idleTimeout().toMillis()))
        .setIdleTimeoutUnit(MILLISECONDS);
  }

  /**
   * Starts a server that accepts connections when this method returns.
   *
   * @throws IOException if it cannot listen there; the message names address and port
   */
  static WebServer start(CharIndex index, ListenSettings settings) throws IOException {
    WebServer server = new WebServer(index, settings);
    server.listeners.listen(settings);
    return server;
  }

  int port() {
    return listeners.port();
  }

  /** The address of the page on this machine, such as {@code http://127.0.0.1:8080/}. */
  URI uri() {
    // "Any address" (0.0.0.0) cannot be connected to, but includes loopback.
    InetAddress host = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    String name = host.getHostAddress();
    return URI.create(
        "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port() + "/");
  }

  /** Stops accepting connections, then waits up to 1.5 seconds for unfinished answers. */
  @Override
  public void close() {
    listeners.close();
  }
}
