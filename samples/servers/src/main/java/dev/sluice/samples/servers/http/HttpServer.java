package dev.sluice.samples.servers.http;

import dev.sluice.samples.LocalAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.util.function.Function;

/**
 * An HTTP server that answers with what a function makes of a request, with delays and errors on
 * request.
 *
 * <pre>{@code
 * HttpServerSettings slow = HttpServerSettings.onLoopback().withDelay(DelayRange.parse("0.5..5"));
 * try (HttpServer server = HttpServer.start("hello", slow, request -> hello(request.path()))) {
 *   fetch(server.uri() + "/world");
 * }
 * }</pre>
 *
 * <p>It serves all clients on one daemon thread, and the function runs on that thread. Methods may
 * be called from any thread.
 */
public final class HttpServer implements AutoCloseable {
  /** How many connections may wait to be accepted. */
  private static final int BACKLOG = 4096;

  private final InetAddress address;
  private final int port;
  private final HttpEventLoop loop;
  private final Thread thread;

  private HttpServer(
      String name,
      HttpServerSettings settings,
      ServerSocketChannel listener,
      Function<? super Request, Response> handler)
      throws IOException {
    address = settings.address();
    port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    HttpFaultInjector faults = new HttpFaultInjector(settings);
    loop =
        new HttpEventLoop(
            listener, request -> faults.apply(handler.apply(request)), System::nanoTime);
    thread = new Thread(loop, name + "-" + port);
    thread.setDaemon(true);
  }

  /**
   * Starts a server. It answers as soon as this returns.
   *
   * @param name the name of its thread, which the port follows
   * @param handler must not block
   * @throws IOException if it cannot listen; the message names port and address
   */
  public static HttpServer start(
      String name, HttpServerSettings settings, Function<? super Request, Response> handler)
      throws IOException {
    HttpServer server = new HttpServer(name, settings, open(settings), handler);
    server.thread.start();
    return server;
  }

  private static ServerSocketChannel open(HttpServerSettings settings) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      return listener.bind(new InetSocketAddress(settings.address(), settings.port()), BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw LocalAddress.cannotListen(settings.address(), settings.port(), e);
    }
  }

  /** The URI for clients on this machine, such as {@code http://127.0.0.1:8001}. */
  public URI uri() {
    return URI.create("http://" + LocalAddress.hostAndPort(address, port));
  }

  /** Blocks until the server is closed. */
  public void await() throws InterruptedException {
    thread.join();
  }

  /**
   * Stops at once and closes every connection, even in the middle of a response. When it returns,
   * the thread has ended and the port is free.
   */
  @Override
  public void close() {
    loop.stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // Keeps waiting: the loop ends within moments, and the port must be free on return.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
