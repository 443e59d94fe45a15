package dev.sluice.samples.servers.races;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.RawHttpClient;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class RaceServerCommandTest {
  @Test
  void servesOverLoopbackAndNoticesWhenAClientHangsUp() throws IOException {
    try (HttpServer server =
            RaceServer.start(HttpServerSettings.onLoopback(), RaceRules.standard());
        RawHttpClient first = RawHttpClient.of(server.uri())) {
      first.send(RawHttpClient.request("GET", "/1"));
      awaitOpen(server, "race 1: 1 open\n");
      RawHttpClient loser = RawHttpClient.of(server.uri());
      loser.send(RawHttpClient.request("GET", "/1"));
      assertEquals("right", first.read().body());
      awaitOpen(server, "race 1: 1 open\n");
      loser.close();
      awaitOpen(server, "");
    }
  }

  @Test
  void namesTheRacesToAClientThatIsLost() throws IOException {
    try (HttpServer server =
        RaceServer.start(HttpServerSettings.onLoopback(), RaceRules.standard())) {
      RawHttpClient.Answer answer = RawHttpClient.get(server.uri(), "/12");
      assertEquals(404, answer.status());
      assertEquals("the races are at /1 to /11", answer.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--crowd=0", "--crowd=many", "--port=x"})
  void refusesInvalidOptionsInOneLine(String option) {
    Run run = Run.of("race-server", option);
    assertEquals(2, run.status());
    assertEquals(1, run.err().lines().count(), run::err);
    assertTrue(
        run.err().startsWith("sluice race-server: " + option.substring(0, option.indexOf('='))),
        run::err);
  }

  private static void awaitOpen(HttpServer server, String expected) throws IOException {
    while (!RawHttpClient.get(server.uri(), "/").body().equals(expected)) {
      Thread.onSpinWait();
    }
  }
}
