package dev.sluice.samples.servers.flags;

import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import java.io.IOException;
import java.net.URI;

/**
 * A server for every flag of flag-icons, with delays and errors on request.
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
   * A server that answers as soon as this returns.
   *
   * @throws IOException if it cannot listen there; the message says where
   */
  public static FlagServer start(HttpServerSettings settings) throws IOException {
    FlagFiles files = FlagFiles.onClassPath();
    FlagHandler site = new FlagHandler(files);
    return new FlagServer(HttpServer.start("flag-server", settings, site::answer), files.count());
  }

  /** Where this machine finds the flags, such as {@code http://127.0.0.1:8001/flags}. */
  public URI uri() {
    return URI.create(server.uri() + "/flags");
  }

  /** How many countries' flags there are. */
  public int flags() {
    return flags;
  }

  /** Returns when the server has been closed. */
  public void await() throws InterruptedException {
    server.await();
  }

  /** Stops at once, in the middle of an answer if need be, and returns when nothing is left. */
  @Override
  public void close() {
    server.close();
  }
}
