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

/** Many clients at once, without threads in the test: each sends first and reads later. */
class ManyClientsTest {
  private static final int CLIENTS = 1_000;
  private static final String REQUEST = RawHttpClient.request("GET", "/flags/br/br.gif");

  private final List<RawHttpClient> clients = new ArrayList<>();

  @AfterEach
  void closeClients() throws IOException {
    for (RawHttpClient client : clients) {
      client.close();
    }
  }

  /** Served one after another, the clients would wait for 1000 s in all. */
  @Test
  void delaysAThousandAnswersOnOneThread() throws IOException {
    try (FlagServer server = FlagServer.start(settings().withDelay(DelayRange.parse("1")))) {
      int before = Thread.activeCount();
      gather(server, REQUEST);
      assertTrue(Thread.activeCount() <= before + 1, "no thread per client");
      assertEquals(1, threadsOf(server));
      assertAllAreAnswered();
    }
  }

  @Test
  void sendsShorterDelaysBeforeLongerOnes() throws IOException {
    DelayRange delay = DelayRange.parse("1ms..100ms");
    try (FlagServer server = FlagServer.start(settings().withDelay(delay).withSeed(3))) {
      gather(server, REQUEST);
      assertAllAreAnswered();
    }
  }

  @Test
  void servesOthersDespiteAThousandIncompleteRequests() throws IOException {
    try (FlagServer server = FlagServer.start(settings())) {
      gather(server, REQUEST.substring(0, 20));
      assertEquals(200, RawHttpClient.get(server.uri(), "/flags/in/in.gif").status());
      assertEquals(1, threadsOf(server));
      for (RawHttpClient client : clients) {
        client.send(REQUEST.substring(20));
      }
      assertAllAreAnswered();
    }
  }

  @Test
  void servesOthersDespiteClientsThatDoNotReadTheirAnswers() throws IOException {
    try (FlagServer server = FlagServer.start(settings())) {
      // The answers of each client exceed the buffers of its socket.
      for (int i = 0; i < 20; i++) {
        join(server, REQUEST.repeat(1_000));
      }
      assertEquals(200, RawHttpClient.get(server.uri(), "/flags/in/in.gif").status());
      assertAllAreAnswered();
    }
  }

  @Test
  void servesOthersAfterClientsCloseBeforeADelayedAnswer() throws IOException {
    try (FlagServer server = FlagServer.start(settings().withDelay(DelayRange.parse("200ms")))) {
      gather(server, REQUEST);
      closeClients();
      clients.clear();
      assertEquals(200, RawHttpClient.get(server.uri(), "/flags/in/in.gif").status());
    }
  }

  private void gather(FlagServer server, String words) throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      join(server, words);
    }
  }

  private void join(FlagServer server, String words) throws IOException {
    RawHttpClient client = RawHttpClient.of(server.uri());
    clients.add(client);
    client.send(words);
  }

  private void assertAllAreAnswered() throws IOException {
    for (RawHttpClient client : clients) {
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
