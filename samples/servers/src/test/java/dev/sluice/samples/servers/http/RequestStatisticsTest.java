package dev.sluice.samples.servers.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Rate;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RequestStatisticsTest {
  @Test
  void countsTheMostInAnyOneSecond() {
    RequestCounts counts = new RequestCounts();
    // 40 within the second from 500 ms on, though no second of a clock has more than 21.
    for (int i = 0; i < 20; i++) {
      counts.count(FaultTesting.OK, at(500 + i));
    }
    for (int i = 0; i < 20; i++) {
      counts.count(FaultTesting.OK, at(1_400 + i));
    }
    counts.count(FaultTesting.OK, at(1_500));
    counts.count(FaultTesting.OK, at(5_000));
    StringBuilder json = new StringBuilder();
    counts.writeTo(json);
    assertEquals(
        "\"requests\":42,\"statuses\":{\"200\":42},\"resets\":0,\"most_in_one_second\":40",
        json.toString());
  }

  @Test
  void tellsAllThatATrialNeeds() throws IOException {
    QuotaPlan quota = new QuotaPlan(Rate.parse("3/1h"), QuotaFields.NONE, RetryAfterField.STANDARD);
    try (HttpServer server = FaultTesting.server(quota)) {
      FaultTesting.ask(server, 5);
      String host = "127.0.0.1:" + server.uri().getPort();
      String counts =
          "\"requests\":5,\"statuses\":{\"200\":3,\"429\":2},\"resets\":0,\"most_in_one_second\":5";
      RawHttpClient.Answer answer = RawHttpClient.get(server.uri(), "/stats");
      assertEquals("application/json", answer.field("Content-Type"));
      assertEquals(
          "{"
              + counts
              + ",\"most_in_flight\":1,\"windows\":{\"count\":1,\"most_429\":2,\"with_429\":["
              + "{\"client\":\"127.0.0.1\",\"host\":\""
              + host
              + "\",\"requests\":5,\"refused\":2}]},\"hosts\":{\""
              + host
              + "\":{"
              + counts
              + "}}}\n",
          answer.body());
      // The request for the statistics itself is neither counted nor refused.
      assertEquals(answer.body(), RawHttpClient.get(server.uri(), "/stats").body());
    }
  }

  @Test
  void keepsTheLastThousandWindows() {
    RequestStatistics statistics = new RequestStatistics();
    for (int i = 0; i < 3_000; i++) {
      QuotaWindow window = new QuotaWindow("127.0.0.1", "127.0.0.1:1", i);
      window.count(i == 0 ? -3 : 1);
      window.count(i == 0 ? -3 : 1);
      statistics.add(window);
    }
    String json = new String(statistics.response().body().array(), UTF_8);
    assertTrue(json.contains("\"windows\":{\"count\":3000,\"most_429\":2,"), json);
    assertEquals(1_000, json.split("\"refused\":1", -1).length - 1);
  }

  private static long at(long millis) {
    return Long.MAX_VALUE - 1_000_000 + Duration.ofMillis(millis).toNanos();
  }
}
