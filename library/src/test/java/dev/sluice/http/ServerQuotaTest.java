package dev.sluice.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Answers;
import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.LimiterUsage.Circuit;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** A lane waits for what its server says about the requests that are left. */
@Timeout(30)
final class ServerQuotaTest {
  private static final Duration LONGEST_PARKING = Duration.ofHours(1);

  private final TestScheduler clock = new TestScheduler();
  private final Limiter limiter = Limiter.of(4, Lanes.limit(4).withParking(LONGEST_PARKING), clock);

  interface Site {
    @GET("{path}")
    Maybe<ResponseBody> body(@Path("path") String path);
  }

  /**
   * How long the lane is parked after one response with these header lines, separated by {@code |}.
   */
  private Duration parkedAfter(String lines) throws IOException {
    byte[] response = Answers.answer("200 OK", "x".getBytes(US_ASCII), lines.replace("|", "\r\n"));
    try (RawServer server = RawServer.saying(response);
        HttpClient client =
            HttpClient.at(server.base(), Policy.of(limiter), HttpOptions.standard())) {
      Site site = client.api(Site.class);
      client.pipeline(site::body).run("a").blockingGet().orElseThrow();
      return limiter.usage().lane(client.lane()).parkedFor();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "'RateLimit: \"default\";r=0;t=100'; 101",
        "'RateLimit: \"burst\";r=3;t=1, \"daily\";r=0;t=100'; 101",
        "'RateLimit-Policy: \"default\";q=10;w=100|RateLimit: \"default\";r=0'; 101",
        "'RateLimit: limit=10, remaining=0, reset=100'; 101",
        "'RateLimit-Limit: 10|RateLimit-Remaining: 0|RateLimit-Reset: 100'; 101",
        "'X-RateLimit-Remaining: 0|X-RateLimit-Reset: 100'; 101",
        "'X-Rate-Limit-Remaining: 0|X-Rate-Limit-Reset: 100.7'; 102",
        "'X-RateLimit-Remaining: 0, 0;w=60|X-RateLimit-Reset: 100'; 101",
        "'Date: Sun, 09 Sep 2001 01:46:40 GMT|X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1000000100';"
            + " 101",
        "'Date: Sun, 06 Nov 2094 08:49:37 GMT|X-RateLimit-Remaining: 0|X-RateLimit-Reset:"
            + " 3939871877000'; 101",
        "'X-RateLimit-Remaining: 0|X-RateLimit-Reset: 999999999'; 3601",
        "'RateLimit: \"burst\";r=0;t=100, \"day\";r=0;t=200'; 201",
        "'RateLimit: \"day\";r=0;t=200, \"burst\";r=0;t=100'; 201",
        "'RateLimit: \"burst\";r=0;t=100|RateLimit: \"day\";r=5;t=200'; 101",
        "'RateLimit: \"day\";r=5;t=200|RateLimit: \"burst\";r=0;t=100'; 101",
        "'RateLimit: limit=10|RateLimit: remaining=0|RateLimit: reset=100'; 101",
        "'RateLimit-Policy: \"a\";q=1;w=200, \"b\";q=10;w=100|RateLimit: \"b\";r=0'; 101",
        "'RateLimit-Policy: \"a\";q=1;w=200|RateLimit-Policy: b;w=100|RateLimit: \"b\";r=0'; 101",
        "'RateLimit-Policy: 5;w=200, 10;w=100|RateLimit: limit=10, remaining=0'; 101",
        "'RateLimit-Policy: 10;w=100|RateLimit: remaining=0'; 101",
        "'RateLimit: \"a;r=5;t=99, \\\"b\";r=0;t=100'; 101",
        "'RateLimit: \"a\";r=0;t=99.1'; 101",
        "'RateLimit: r=0;t=100'; 101",
        "'RateLimit: garbage|X-RateLimit-Remaining: 0|X-RateLimit-Reset: 100'; 101",
        "'X-RateLimit-Remaining: 0|X-RateLimit-Reset: 99.0001'; 101",
        "'Date: Sun, 09 Sep 2001 01:46:40 GMT|X-RateLimit-Remaining: 0|X-RateLimit-Reset:"
            + " 1000000099.5'; 101",
      })
  void aQuotaThatIsUsedUpParksTheLane(String lines, long seconds) throws IOException {
    assertEquals(Duration.ofSeconds(seconds), parkedAfter(lines));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: y",
        "RateLimit: \"default\";r=5;t=100",
        "RateLimit: \"default\";r=-1;t=100",
        "RateLimit: \"default\";r=0;t=-100",
        "RateLimit: \"default\";r=0",
        "RateLimit: ;;;,,,===",
        "RateLimit: \"a;r=0;t=99\";r=50;t=30",
        "RateLimit: \"a;r=0;t=99",
        "RateLimit-Policy: \"b\";q=10;w=100|RateLimit: \"a\";r=0",
        "RateLimit-Policy: \"a;w=9\";q=10;w=100|RateLimit: \"a\";r=0",
        "RateLimit: \"default\";r=99999999999999999999;t=9",
        "X-RateLimit-Remaining: 0",
        "X-RateLimit-Reset: 100",
        "X-RateLimit-Remaining: -1|X-RateLimit-Reset: 100",
        "X-RateLimit-Remaining: 0|X-RateLimit-Reset: soon",
        "X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1000000000",
      })
  void aFieldThatSaysNothingParksNothing(String lines) throws IOException {
    assertEquals(Duration.ZERO, parkedAfter(lines));
  }

  @Test
  void aRefusalWithRetryAfterParksTheLaneAndOneGoesFirst() {
    AtomicInteger requests = new AtomicInteger();
    try (RawServer server =
            RawServer.answering(
                exchange ->
                    exchange.send(
                        requests.incrementAndGet() == 1
                            ? Answers.status("429 Too Many Requests", "Retry-After: 10")
                            : Answers.ok("text/plain", new byte[1])));
        HttpClient client =
            HttpClient.at(
                server.base(),
                Policy.of(Limiter.of(4, Lanes.limit(1).withParking(LONGEST_PARKING), clock)),
                HttpOptions.standard())) {
      Limiter lanes = client.policy().limiter();
      Site site = client.api(Site.class);
      TestSubscriber<Outcome<String, ResponseBody>> outcomes =
          client.pipeline(site::body).runInOrder(Flowable.just("a", "b", "c")).test();
      outcomes.awaitCount(1);
      assertEquals(Circuit.OPEN, lanes.usage().lane(client.lane()).circuit());
      assertEquals(1, requests.get());
      // Ten seconds, and up to a quarter more at random.
      clock.advanceTimeBy(9, SECONDS);
      assertEquals(1, requests.get());
      clock.advanceTimeBy(4, SECONDS);
      outcomes.awaitDone(10, SECONDS).assertValueCount(3).assertComplete();
      assertEquals(3, requests.get());
      assertEquals(Map.of(), lanes.usage().lanes());
    }
  }
}
