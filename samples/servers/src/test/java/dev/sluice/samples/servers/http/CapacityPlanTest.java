package dev.sluice.samples.servers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class CapacityPlanTest {
  private final HttpFault fault =
      FaultTesting.start(
          new CapacityPlan(
              CapacityPlan.parse("200,20,100"), Duration.ofSeconds(10), RetryAfterField.STANDARD),
          1);

  @ParameterizedTest
  @CsvSource({
    "0, 200",
    "9999, 200",
    "10000, 20",
    "19999, 20",
    "20000, 100",
    "30000, 100",
    "999999999, 100"
  })
  void changesWithTime(long millis, int capacity) {
    assertEquals(200, status(millis, capacity));
    assertEquals(503, status(millis, capacity + 1));
  }

  @Test
  void refusesWhatIsMoreThanItBearsAtOnce() throws IOException {
    CapacityPlan plan =
        new CapacityPlan(List.of(3), Duration.ofSeconds(10), RetryAfterField.STANDARD);
    HttpServerSettings settings =
        HttpServerSettings.onLoopback()
            .withDelay(DelayRange.parse("300ms"))
            .withFaults(new HttpFaults(List.of(plan), Outage.NONE));
    try (HttpServer server =
        HttpServer.start("small", settings, request -> Response.of(Status.OK))) {
      List<RawHttpClient> clients = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        clients.add(RawHttpClient.of(server.uri()).send(RawHttpClient.request("GET", "/")));
      }
      List<Integer> statuses = new ArrayList<>();
      for (RawHttpClient client : clients) {
        statuses.add(client.read().status());
        client.close();
      }
      assertEquals(3, Collections.frequency(statuses, 200), statuses::toString);
      assertEquals(2, Collections.frequency(statuses, 503), statuses::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,", "-1", "many", "1;2"})
  void refusesOtherText(String text) {
    assertThrows(IllegalArgumentException.class, () -> CapacityPlan.parse(text));
  }

  private int status(long millis, int inProgress) {
    return fault
        .apply(FaultTesting.at(Duration.ofMillis(millis), inProgress), FaultTesting.OK)
        .response()
        .status()
        .code();
  }
}
