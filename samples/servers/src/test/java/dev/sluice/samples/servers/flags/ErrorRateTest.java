package dev.sluice.samples.servers.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.RawHttpClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorRateTest {
  private static final HttpServerSettings QUARTER =
      HttpServerSettings.onLoopback().withErrorRate(0.25).withSeed(1);

  @Test
  void aQuarterOfTheRequestsFails() throws IOException {
    int teapots = Collections.frequency(statuses(QUARTER, 1_000), 418);
    assertEquals(250, teapots, 50);
  }

  @Test
  void theSameSeedMakesTheSameErrors() throws IOException {
    assertEquals(statuses(QUARTER, 100), statuses(QUARTER, 100));
    assertNotEquals(statuses(QUARTER, 100), statuses(QUARTER.withSeed(2), 100));
  }

  @Test
  void everyRequestFailsAtRateOne() throws IOException {
    assertEquals(Collections.nCopies(50, 418), statuses(QUARTER.withErrorRate(1), 50));
  }

  @Test
  void noRequestFailsAtRateZero() throws IOException {
    assertEquals(Collections.nCopies(50, 200), statuses(QUARTER.withErrorRate(0), 50));
  }

  @Test
  void anErrorKeepsTheConnectionOpen() throws IOException {
    try (FlagServer server = FlagServer.start(QUARTER.withErrorRate(1));
        RawHttpClient client = RawHttpClient.of(server.uri())) {
      for (int i = 0; i < 2; i++) {
        RawHttpClient.Answer answer =
            client.send(RawHttpClient.request("GET", "/flags/br/br.gif")).read();
        assertEquals("HTTP/1.1 418 I'm a teapot", answer.statusLine());
        assertTrue(answer.body().startsWith("418 I'm a teapot: "), answer.body());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesARateOutsideZeroToOne(double rate) {
    assertThrows(IllegalArgumentException.class, () -> QUARTER.withErrorRate(rate));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void refusesAPortOutsideZeroTo65535(int port) {
    assertThrows(IllegalArgumentException.class, () -> QUARTER.withPort(port));
  }

  private static List<Integer> statuses(HttpServerSettings settings, int requests)
      throws IOException {
    List<Integer> statuses = new ArrayList<>();
    try (FlagServer server = FlagServer.start(settings);
        RawHttpClient client = RawHttpClient.of(server.uri())) {
      for (int i = 0; i < requests; i++) {
        statuses.add(client.send(RawHttpClient.request("GET", "/flags/br/br.gif")).read().status());
      }
    }
    return statuses;
  }
}
