package dev.sluice.samples.servers.races;

import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import java.io.IOException;

/** The eleven races as an HTTP server: {@code GET /1} to {@code /11}, and what is open at /. */
public final class RaceServer {
  private RaceServer() {}

  /**
   * Starts a server. It answers as soon as this returns.
   *
   * @throws IOException if it cannot listen; the message names port and address
   */
  public static HttpServer start(HttpServerSettings settings, RaceRules rules) throws IOException {
    return HttpServer.startAsync("race-server", settings, new Races(rules)::answer);
  }
}
