package dev.sluice.samples.servers.http;

import dev.sluice.TerminalText;
import dev.sluice.samples.LocalAddress;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An HTTP server that answers with what a function makes of a request, with delays and errors on
 * request. What it has counted so far is at {@code /stats}, as JSON.
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
  private final InetAddress address;
  private final int port;
  private final HttpEventLoop loop;
  private final Thread thread;

  private HttpServer(
      String name,
      HttpServerSettings settings,
      ServerSocketChannel listener,
      RequestHandler handler)
      throws IOException {
    address = settings.address();
    port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    loop = new HttpEventLoop(listener, handler, settings.faults().outage(), System::nanoTime);
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
    return start(name, settings, handler, line -> {});
  }

  /**
   * Starts a server that logs its requests.
   *
   * @param log gets a line for each request when it arrives, made when it asks for it; must not
   *     block
   * @throws IOException if it cannot listen; the message names port and address
   */
  public static HttpServer start(
      String name,
      HttpServerSettings settings,
      Function<? super Request, Response> handler,
      Consumer<Supplier<String>> log)
      throws IOException {
    RequestStatistics statistics = new RequestStatistics();
    HttpFaultInjector faults = new HttpFaultInjector(settings, System.nanoTime(), statistics);
    return started(
        name,
        settings,
        (received, connection, loop) -> {
          Request request = received.request();
          if (request.path().equals(RequestStatistics.PATH)) {
            loop.answer(connection, request, DelayedResponse.atOnce(statistics.response()));
            return;
          }
          DelayedResponse reply = faults.apply(received, answer(request, handler));
          statistics.count(received, reply);
          log.accept(() -> line(request, reply));
          loop.answer(connection, request, reply);
        });
  }

  /**
   * Starts a server whose responses come later, without the delays and errors of the settings.
   *
   * @param name the name of its thread, which the port follows
   * @throws IOException if it cannot listen; the message names port and address
   */
  public static HttpServer startAsync(
      String name, HttpServerSettings settings, AsyncHandler handler) throws IOException {
    return started(
        name,
        settings,
        (received, connection, loop) ->
            connection.await(
                received.request(),
                handler.answer(received.request(), loop.scheduler()).observeOn(loop.scheduler())));
  }

  private static HttpServer started(
      String name, HttpServerSettings settings, RequestHandler handler) throws IOException {
    HttpServer server = new HttpServer(name, settings, open(settings), handler);
    server.thread.start();
    return server;
  }

  /** {@code OPTIONS *} asks for the server and not for a resource (RFC 9110, section 9.3.7). */
  private static Response answer(Request request, Function<? super Request, Response> handler) {
    return request.path().equals("*")
        ? Response.of(Status.NO_CONTENT).with("Allow", "GET, HEAD")
        : handler.apply(request);
  }

  /** Makes responses that may come later. */
  @FunctionalInterface
  public interface AsyncHandler {
    /**
     * {@return the response, when it comes; empty, or an error, closes the connection without one}
     *
     * <p>Subscribed once, on the thread of the server, and disposed when the client hangs up.
     *
     * @param loop runs tasks and timers on the thread of the server
     */
    Maybe<Response> answer(Request request, Scheduler loop);
  }

  /** Such as {@code GET /flags/br/br.gif: 200 OK after 1.23 s}. */
  private static String line(Request request, DelayedResponse delayed) {
    return String.format(
        Locale.ROOT,
        "%s %s: %s after %.2f s",
        TerminalText.line(request.method()),
        TerminalText.line(request.path()),
        delayed.response().status(),
        delayed.delay().toNanos() / 1e9);
  }

  private static ServerSocketChannel open(HttpServerSettings settings) throws IOException {
    try {
      return Listener.open(new InetSocketAddress(settings.address(), settings.port()));
    } catch (IOException e) {
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
