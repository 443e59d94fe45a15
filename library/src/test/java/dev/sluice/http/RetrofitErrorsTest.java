package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.ok;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.Retry;
import io.reactivex.rxjava3.core.Maybe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import retrofit2.HttpException;
import retrofit2.Retrofit;
import retrofit2.adapter.rxjava3.RxJava3CallAdapterFactory;
import retrofit2.converter.jackson.JacksonConverterFactory;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** A Retrofit that is not ours, under a policy. */
class RetrofitErrorsTest {
  private static final Policy THRICE =
      Policy.limit(2).withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(Duration.ZERO)));

  interface Theirs {
    @GET("{key}")
    Maybe<Map<String, String>> page(@Path("key") String key);
  }

  @Test
  void aBodyIsASuccess() {
    assertEquals(
        Outcome.success("x", Map.of("a", "b")),
        outcome(List.of(ok("application/json", bytes("{\"a\":\"b\"}")))));
  }

  @Test
  void notFoundIsAnOutcome() {
    assertEquals(Outcome.notFound("x"), outcome(List.of(status("404 Not Found"))));
    assertEquals(Outcome.notFound("x"), outcome(List.of(status("410 Gone"))));
  }

  @Test
  void aStatusIsRetriedIfItMayPass() {
    assertEquals(
        Outcome.success("x", Map.of()),
        outcome(List.of(status("503 Busy"), ok("application/json", bytes("{}")))));
  }

  @Test
  void aStatusThatIsFinalIsAFailureWithItsUrl() {
    Failure<?, ?> failure = failure(status("403 Forbidden"));
    StatusException cause = assertInstanceOf(StatusException.class, failure.cause());
    assertTrue(
        String.valueOf(cause.getMessage()).matches("GET http://127.0.0.1:[0-9]+/x: 403 Forbidden"),
        cause::getMessage);
    assertEquals(1, failure.attempts());
    assertInstanceOf(HttpException.class, cause.getCause());
  }

  @Test
  void retryAfterIsKept() {
    // Longer than a policy waits, so it fails at once.
    Failure<?, ?> failure = failure(status("503 Busy", "Retry-After: 3600"));
    StatusException cause = assertInstanceOf(StatusException.class, failure.cause());
    assertEquals(Optional.of(Duration.ofHours(1)), cause.retryAfter());
    assertEquals(1, failure.attempts());
  }

  @Test
  void aBodyThatJacksonRefusesIsNotRetried() {
    Failure<?, ?> failure = failure(ok("application/json", bytes("[1]")));
    ContentException cause = assertInstanceOf(ContentException.class, failure.cause());
    assertTrue(
        String.valueOf(cause.getMessage()).startsWith("not the expected JSON: Cannot deserialize"),
        cause::getMessage);
    assertEquals(1, failure.attempts());
    assertEquals("", cause.url());
  }

  private static Failure<?, ?> failure(byte[] response) {
    return assertInstanceOf(Failure.class, outcome(List.of(response)));
  }

  private static Outcome<String, Map<String, String>> outcome(List<byte[]> responses) {
    AtomicInteger asked = new AtomicInteger();
    OkHttpClient okHttp = new OkHttpClient();
    try (RawServer server =
        RawServer.answering(exchange -> exchange.send(responses.get(asked.getAndIncrement())))) {
      Theirs theirs =
          new Retrofit.Builder()
              .baseUrl(server.base().toString())
              .client(okHttp)
              .addCallAdapterFactory(RxJava3CallAdapterFactory.create())
              .addConverterFactory(JacksonConverterFactory.create())
              .build()
              .create(Theirs.class);
      try {
        return Pipeline.of(THRICE, theirs::page)
            .run("x")
            .test()
            .awaitDone(10, SECONDS)
            .values()
            .get(0);
      } finally {
        okHttp.dispatcher().executorService().shutdown();
        okHttp.connectionPool().evictAll();
        OkHttpThreads.end(okHttp.connectionPool());
      }
    }
  }
}
