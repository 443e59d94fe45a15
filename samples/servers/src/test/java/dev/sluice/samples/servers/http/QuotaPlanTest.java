package dev.sluice.samples.servers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.Rate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A quota for each client and host, in a time that the test chooses. */
@Timeout(20)
class QuotaPlanTest {
  private static final QuotaPlan THREE_IN_TEN_SECONDS =
      new QuotaPlan(Rate.parse("3/10s"), QuotaFields.RATELIMIT, RetryAfterField.STANDARD);

  private final HttpFault fault = FaultTesting.start(THREE_IN_TEN_SECONDS, 1);

  @Test
  void announcesWhatIsLeftAndRefusesMore() {
    Response first = reply(0).response();
    assertEquals("\"default\";q=3;w=10", first.fields().get("RateLimit-Policy"));
    assertEquals("\"default\";r=2;t=10", first.fields().get("RateLimit"));
    assertEquals("\"default\";r=1;t=9", reply(1_500).response().fields().get("RateLimit"));
    assertEquals(FaultTesting.OK.delay(), reply(2_000).delay());
    DelayedResponse refused = reply(2_500);
    assertEquals(Status.TOO_MANY_REQUESTS, refused.response().status());
    assertEquals("\"default\";r=0;t=8", refused.response().fields().get("RateLimit"));
    assertEquals("8", refused.response().fields().get("Retry-After"));
    assertEquals(Duration.ZERO, refused.delay());
  }

  @Test
  void beginsAWindowWithTheFirstRequestAfterTheLast() {
    assertEquals(List.of(200, 200, 200, 429), statuses(0, 1, 2, 9_999));
    assertEquals(List.of(200, 200, 200, 429), statuses(10_000, 10_001, 10_002, 19_999));
    assertEquals(
        List.of(200, 200, 200, 429, 429), statuses(33_000, 34_000, 35_000, 36_000, 42_999));
    assertEquals(List.of(200), statuses(43_000));
  }

  @Test
  void countsEachClientAndEachHostByItself() {
    for (String client : List.of("127.0.0.1", "192.0.2.7")) {
      for (String host : List.of("127.0.0.1:8001", "127.0.0.2:8001")) {
        List<Integer> statuses =
            IntStream.range(0, 4)
                .mapToObj(i -> FaultTesting.from(client, host, Duration.ofMillis(i), 1))
                .map(exchange -> fault.apply(exchange, FaultTesting.OK))
                .map(reply -> reply.response().status().code())
                .toList();
        assertEquals(List.of(200, 200, 200, 429), statuses);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ratelimit  | RateLimit             | \"default\";r=2;t=10",
        "dictionary | RateLimit             | limit=3, remaining=2, reset=10",
        "separate   | RateLimit-Limit       | 3",
        "separate   | RateLimit-Remaining   | 2",
        "separate   | RateLimit-Reset       | 10",
        "x          | X-RateLimit-Limit     | 3",
        "X          | X-RateLimit-Remaining | 2",
        "none       | RateLimit             | ",
        "none       | X-RateLimit-Remaining | "
      })
  void announcesInEachForm(String form, String field, String value) throws IOException {
    QuotaPlan plan =
        new QuotaPlan(Rate.parse("3/10s"), QuotaFields.parse(form), RetryAfterField.STANDARD);
    try (HttpServer server = FaultTesting.server(plan)) {
      String announced = FaultTesting.ask(server, 1).get(0).field(field);
      assertEquals(value == null ? "" : value, announced);
    }
  }

  @Test
  void announcesAUnixTimeInTheOldForm() throws IOException {
    QuotaPlan plan = new QuotaPlan(Rate.parse("3/100s"), QuotaFields.X, RetryAfterField.STANDARD);
    try (HttpServer server = FaultTesting.server(plan)) {
      long before = Instant.now().getEpochSecond();
      String reset = FaultTesting.ask(server, 1).get(0).field("X-RateLimit-Reset");
      assertEquals(101, Math.toIntExact(Long.parseLong(reset) - before), 2);
    }
  }

  @Test
  void refusesAnotherForm() {
    assertThrows(IllegalArgumentException.class, () -> QuotaFields.parse("some"));
  }

  private DelayedResponse reply(long millis) {
    return fault.apply(FaultTesting.at(Duration.ofMillis(millis), 1), FaultTesting.OK);
  }

  private List<Integer> statuses(long... millis) {
    return IntStream.range(0, millis.length)
        .mapToObj(i -> reply(millis[i]).response().status().code())
        .toList();
  }
}
