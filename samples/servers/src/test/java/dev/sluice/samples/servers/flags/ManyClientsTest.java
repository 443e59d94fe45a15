package dev.sluice.samples.servers.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.RawHttpClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients at once. None has a thread here either: each sends first, and is read later. */
class ManyClientsTest {
  private static final int CROWD = 1_000;
  private static final String REQUEST = RawHttpClient.request("GET", "/flags/br/br.gif");

  private final List<RawHttpClient> crowd = new ArrayList<>();

  @AfterEach
  void goHome() throws IOException {
    for (RawHttpClient client : crowd) {
      client.close();
    }
  }

  /** One after the other they would take a quarter of an hour, and the test would time out. */
  @Test
  void aThousandDelayedAnswersNeedOneThread() throws IOException {
    try (FlagServer server = FlagServer.start(settings().withDelay(DelayRange.parse("1")))) {
      int before = Thread.activeCount();
      gather(server, REQUEST);
      assertTrue(Thread.activeCount() <= before + 1, "no thread per client");
      assertEquals(1, threadsOf(server));
      assertAllAreAnswered();
    }
  }

  @Test
  void delayedAnswersOvertakeSlowerOnes() throws IOException {
    DelayRange delay = DelayRange.parse("1ms..100ms");
    try (FlagServer server = FlagServer.start(settings().withDelay(delay).withSeed(3))) {
      gather(server, REQUEST);
      assertAllAreAnswered();
    }
  }

  @Test
  void aThousandWhoDawdleOverTheirRequestStopNobodyElse() throws IOException {
    try (FlagServer server = FlagServer.start(settings())) {
      gather(server, REQUEST.substring(0, 20));
      assertEquals(200, RawHttpClient.get(server.uri(), "/flags/in/in.gif").status());
      assertEquals(1, threadsOf(server));
      for (RawHttpClient client : crowd) {
        client.send(REQUEST.substring(20));
      }
      assertAllAreAnswered();
    }
  }

  @Test
  void manyWhoDoNotReadTheirAnswersStopNobodyElse() throws IOException {
    try (FlagServer server = FlagServer.start(settings())) {
      // Each gets more than the sockets' buffers hold.
      for (int i = 0; i < 20; i++) {
        join(server, REQUEST.repeat(1_000));
      }
      assertEquals(200, RawHttpClient.get(server.uri(), "/flags/in/in.gif").status());
      assertAllAreAnswered();
    }
  }

  @Test
  void whoLeavesWhileTheAnswerIsHeldBackStopsNobodyElse() throws IOException {
    try (FlagServer server = FlagServer.start(settings().withDelay(DelayRange.parse("200ms")))) {
      gather(server, REQUEST);
      goHome();
      crowd.clear();
      assertEquals(200, RawHttpClient.get(server.uri(), "/flags/in/in.gif").status());
    }
  }

  private void gather(FlagServer server, String words) throws IOException {
    for (int i = 0; i < CROWD; i++) {
      join(server, words);
    }
  }

  private void join(FlagServer server, String words) throws IOException {
    RawHttpClient client = RawHttpClient.of(server.uri());
    crowd.add(client);
    client.send(words);
  }

  private void assertAllAreAnswered() throws IOException {
    for (RawHttpClient client : crowd) {
      assertEquals(200, client.read().status());
    }
  }

  private static HttpServerSettings settings() {
    return HttpServerSettings.onLoopback();
  }

  private static long threadsOf(FlagServer server) {
    String name = "flag-server-" + server.uri().getPort();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .count();
  }
}
