package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.samples.LocalAddress;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.rxjava3.core.Vertx;
import io.vertx.rxjava3.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;

/** The index over HTTP: a page for people, JSON for programs. */
final class WebServer implements AutoCloseable {
  private final HttpListeners listeners;
  private final InetAddress address;

  private WebServer(CharIndex index, ListenSettings settings) {
    address = settings.address();
    WebSite site = new WebSite(index);
    listeners = new HttpListeners(vertx -> listener(vertx, settings, site));
  }

  private static HttpServer listener(Vertx vertx, ListenSettings settings, WebSite site) {
    HttpServer listener = vertx.createHttpServer(options(settings));
    PipeliningLimit limit =
        new PipeliningLimit(vertx.getDelegate(), new RequestRules(site::answer));
    listener
        .getDelegate()
        .connectionHandler(
            connection -> {
              limit.add(connection);
              StrictRequests.add(connection);
            })
        .requestHandler(limit)
        .invalidRequestHandler(RequestRules::refuseInvalid)
        // With this handler Vert.x also passes requests of unknown HTTP versions to the request
        // handler, which answers 505; without it Vert.x answers them with 501.
        .webSocketHandshakeHandler(handshake -> handshake.reject(400));
    return listener;
  }

  private static HttpServerOptions options(ListenSettings settings) {
    return new HttpServerOptions()
        .setAcceptBacklog(ListenSettings.BACKLOG)
        .setSendBufferSize(ListenSettings.SEND_BUFFER_BYTES)
        .setMaxInitialLineLength(RequestRules.MAX_LINE_BYTES)
        .setMaxHeaderSize(RequestRules.MAX_HEADER_BYTES)
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
    return URI.create("http://" + LocalAddress.hostAndPort(address, port()) + "/");
  }

  /** Stops accepting connections, then waits up to 1.5 seconds for unfinished answers. */
  @Override
  public void close() {
    listeners.close();
  }
}
