package dev.sluice.samples.servers.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.util.function.Function;

/**
 * A server for whatever a function makes of a request, with delays and errors on request.
 *
 * <pre>{@code
 * HttpServerSettings slow = HttpServerSettings.onLoopback().withDelay(DelayRange.parse("0.5..5"));
 * try (HttpServer server = HttpServer.start("hello", slow, request -> hello(request.path()))) {
 *   fetch(server.uri() + "/world");
 * }
 * }</pre>
 *
 * <p>It has one thread, a daemon, however many clients there are, and the function runs on it.
 * {@link #close} ends it, and with it every connection; when it returns, the thread is gone and the
 * port is free.
 */
public final class HttpServer implements AutoCloseable {
  /** As many as a burst of clients may be in a queue before the loop comes to greet them. */
  private static final int BACKLOG = 4096;

  private final InetAddress address;
  private final int port;
  private final HttpEventLoop loop;
  private final Thread thread;

  private HttpServer(
      String name,
      HttpServerSettings settings,
      ServerSocketChannel door,
      Function<? super Request, Response> site)
      throws IOException {
    address = settings.address();
    port = ((InetSocketAddress) door.getLocalAddress()).getPort();
    HttpFaultInjector mood = new HttpFaultInjector(settings);
    loop = new HttpEventLoop(door, request -> mood.react(site.apply(request)), System::nanoTime);
    thread = new Thread(loop, name + "-" + port);
    thread.setDaemon(true);
  }

  /**
   * A server that answers as soon as this returns.
   *
   * @param name what its thread is called, followed by the port
   * @param site must not block
   * @throws IOException if it cannot listen there; the message says where
   */
  public static HttpServer start(
      String name, HttpServerSettings settings, Function<? super Request, Response> site)
      throws IOException {
    HttpServer server = new HttpServer(name, settings, open(settings), site);
    server.thread.start();
    return server;
  }

  private static ServerSocketChannel open(HttpServerSettings settings) throws IOException {
    ServerSocketChannel door = ServerSocketChannel.open();
    try {
      return door.bind(new InetSocketAddress(settings.address(), settings.port()), BACKLOG);
    } catch (IOException e) {
      door.close();
      String where = settings.address().getHostAddress() + " port " + settings.port();
      throw new IOException("cannot listen on " + where + ": " + e.getMessage(), e);
    }
  }

  /** Where this machine finds it, such as {@code http://127.0.0.1:8001}. */
  public URI uri() {
    // Nobody can connect to "any address"; loopback is one of them.
    InetAddress host = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    String name = host.getHostAddress();
    return URI.create("http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port);
  }

  /** Returns when the server has been closed. */
  public void await() throws InterruptedException {
    thread.join();
  }

  /** Stops at once, in the middle of an answer if need be, and returns when nothing is left. */
  @Override
  public void close() {
    loop.stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // The loop ends within moments; leaving before would break the promise above.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
