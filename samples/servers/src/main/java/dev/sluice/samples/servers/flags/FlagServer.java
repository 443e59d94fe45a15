package dev.sluice.samples.servers.flags;

import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An HTTP server for the flags of flag-icons, with delays and errors on request.
 *
 * <pre>{@code
 * HttpServerSettings slow = HttpServerSettings.onLoopback().withDelay(DelayRange.parse("0.5..5")).withErrorRate(0.25);
 * try (FlagServer server = FlagServer.start(slow)) {
 *   fetch(server.uri() + "/br/br.gif");
 * }
 * }</pre>
 */
public final class FlagServer implements AutoCloseable {
  private final HttpServer server;
  private final int flags;

  private FlagServer(HttpServer server, int flags) {
    this.server = server;
    this.flags = flags;
  }

  /**
   * Starts a server. It answers as soon as this returns.
   *
   * @throws IOException if it cannot listen; the message names port and address
   */
  public static FlagServer start(HttpServerSettings settings) throws IOException {
    return start(settings, line -> {});
  }

  /**
   * Starts a server that logs its requests.
   *
   * @param log gets a line for each request, with the delay of its answer, made when it asks for
   *     it; must not block
   * @throws IOException if it cannot listen; the message names port and address
   */
  public static FlagServer start(HttpServerSettings settings, Consumer<Supplier<String>> log)
      throws IOException {
    FlagFiles files = FlagFiles.onClassPath();
    FlagHandler handler = new FlagHandler(files);
    return new FlagServer(
        HttpServer.start("flag-server", settings, handler::answer, log), files.count());
  }

  /**
   * The URI of the flags for clients on this machine, such as {@code http://127.0.0.1:8001/flags}.
   */
  public URI uri() {
    return URI.create(server.uri() + "/flags");
  }

  /** How many flags there are. */
  public int flags() {
    return flags;
  }

  /** Blocks until the server is closed. */
  public void await() throws InterruptedException {
    server.await();
  }

  /** Stops at once, even in the middle of a response. The port is free when this returns. */
  @Override
  public void close() {
    server.close();
  }
}
