package dev.sluice.testkit;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.NotFound;
import dev.sluice.Outcome.Success;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import dev.sluice.http.StatusException;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;
import retrofit2.http.Path;

/**
 * What a transport behind {@link HttpOptions#withCalls} must keep: an answer belongs to its request
 * and is whole, each call ends, a cancelled one leaves nothing open, and there is one request on
 * the wire for each attempt.
 *
 * <pre>{@code
 * class NettyCallsTest extends TransportContract {
 *   private final NettyCalls calls = new NettyCalls();
 *
 *   @Override
 *   protected HttpOptions options() {
 *     return HttpOptions.standard().withCalls(calls);
 *   }
 *
 *   @Override
 *   protected void close() {
 *     calls.close();
 *   }
 * }
 * }</pre>
 *
 * <p>A plain {@code OkHttpClient} behind {@link HttpOptions#withCalls} fails three of these tests:
 * it takes a 103 for the answer, bytes that no request asked for for the next answer, and believes
 * one of two lengths.
 */
public abstract class TransportContract {
  private static final int LIMIT = 4;
  private static final int MANY = 200;

  /** Closed after so many outcomes, and after fewer: each finds the calls elsewhere. */
  private static final int CLOSED_RUNS = 20;

  private ScriptedServer server = ScriptedServer.start(Scripts::answer);

  /** Makes the contract. */
  protected TransportContract() {}

  /** {@return the options of a client with the transport under test} */
  protected abstract HttpOptions options();

  /**
   * Closes the transport, so that its connections end; called after each client is closed. Does
   * nothing unless overridden.
   */
  protected void close() {}

  /**
   * {@return how long one call may take, and a cancelled one until it is gone; 5 s unless
   * overridden}
   */
  protected Duration longest() {
    return Duration.ofSeconds(5);
  }

  interface Api {
    @GET("{path}")
    Maybe<ResponseBody> get(@Path(value = "path", encoded = true) String path);
  }

  @BeforeEach
  final void startServer() {
    server = ScriptedServer.start(Scripts::answer);
  }

  @AfterEach
  final void stopServer() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole", "chunked", "until-close", "early-hints"})
  final void aWholeBodyIsASuccess(String path) {
    assertEquals("/" + path, assertInstanceOf(Success.class, outcome(path)).value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"long", "long-chunked", "long-until-close"})
  final void aLongBodyIsWhole(String path) {
    String body = (String) assertInstanceOf(Success.class, outcome(path)).value();
    assertEquals(Scripts.LONG.length(), body.length(), "the length of a long body");
    assertTrue(Scripts.LONG.equals(body), "a long body has other bytes");
  }

  @Test
  final void status404IsNotFound() {
    assertInstanceOf(NotFound.class, outcome("404"));
  }

  @Test
  final void anotherStatusIsAFailureWithThatStatus() {
    Failure<?, ?> failure = assertInstanceOf(Failure.class, outcome("503"));
    assertEquals(503, assertInstanceOf(StatusException.class, failure.cause()).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "half",
        "half-chunked",
        "half-long",
        "no-answer",
        "reset",
        "two-lengths",
        "no-http",
        "silent",
        "stalled"
      })
  final void whatIsNoWholeAnswerIsAFailure(String path) {
    // Some of these answers never end.
    Policy soon = policy().withAttemptTimeout(Duration.ofSeconds(1));
    assertInstanceOf(Failure.class, outcomes(List.of(path), soon).get(0));
  }

  @Test
  final void callsBesideEachOtherSucceed() {
    List<String> paths = IntStream.range(0, MANY).mapToObj(i -> "slow/" + i).toList();
    for (Outcome<String, String> outcome : outcomes(paths, policy())) {
      assertEquals("/" + outcome.key(), assertInstanceOf(Success.class, outcome).value());
    }
  }

  @Test
  final void eachAnswerIsThatOfItsOwnRequest() {
    List<String> paths =
        IntStream.range(0, MANY).mapToObj(i -> (i % 7 == 0 ? "twice/" : "slow/") + i).toList();
    List<Outcome<String, String>> outcomes = outcomes(paths, policy());
    assertEquals(MANY, outcomes.size());
    for (Outcome<String, String> outcome : outcomes) {
      if (outcome instanceof Success<String, String> success) {
        assertEquals("/" + success.key(), success.value());
      }
    }
    assertTrue(server.mostInFlight() <= LIMIT, () -> server.mostInFlight() + " requests at once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"503", "reset", "no-answer", "half"})
  final void eachAttemptIsOneRequestOnTheWire(String path) {
    int tries = 3;
    Retry retry = Retry.upTo(tries).withBackoff(Backoff.fixed(Duration.ofMillis(1)));
    Policy one = policy().withLimiter(Limiter.of(1));
    // The first leaves a connection, on which a transport may think that it may repeat a request.
    List<Outcome<String, String>> outcomes = outcomes(List.of("whole", path), one.withRetry(retry));
    assertEquals(tries, assertInstanceOf(Failure.class, outcomes.get(1)).attempts());
    assertEquals(tries, server.requests("/" + path), "requests on the wire");
  }

  @ParameterizedTest
  @ValueSource(strings = {"silent", "stalled", "endless"})
  final void aCancelledCallEnds(String path) {
    Policy policy = policy().withAttemptTimeout(Policy.FOREVER);
    try (HttpClient client = client(policy)) {
      TestSubscriber<Outcome<String, String>> run =
          pipeline(client).runAll(Flowable.just(path)).test();
      Eventually.until(() -> server.requests("/" + path) == 1, longest(), "no request has come");
      run.cancel();
      Eventually.until(
          () -> policy.limiter().inFlight() == 0, longest(), "the permit is still out");
      Eventually.until(
          () -> server.openConnections() == 0, longest(), "a cancelled call's connection is open");
    } finally {
      close();
    }
  }

  @Test
  final void closingTheClientFailsTheCallsUnderWay() {
    assertEveryKeyEnds("silent", 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole", "slow/1"})
  final void closingTheClientEndsARun(String path) {
    for (int outcomes = 0; outcomes < CLOSED_RUNS; outcomes++) {
      assertEveryKeyEnds(path, outcomes);
    }
  }

  /** Closes the client of a run after so many outcomes. */
  private void assertEveryKeyEnds(String path, int outcomes) {
    Policy policy = policy().withAttemptTimeout(Policy.FOREVER);
    TestSubscriber<Outcome<String, String>> run;
    try (HttpClient client = client(policy)) {
      run = pipeline(client).runAll(Flowable.just(path).repeat(MANY)).test();
      Eventually.until(
          () -> run.values().size() >= outcomes && server.requests("/" + path) > 0,
          longest(),
          "no request has come");
    } finally {
      close();
    }
    run.awaitDone(longest().toNanos(), NANOSECONDS).assertComplete().assertValueCount(MANY);
    assertEquals(0, policy.limiter().inFlight(), "permits of a closed client");
  }

  @Test
  final void noConnectionIsLeft() {
    List<String> paths =
        List.of("whole", "404", "503", "half", "reset", "chunked", "two-lengths", "no-answer");
    try (HttpClient client = client(policy())) {
      List<String> many =
          IntStream.range(0, MANY).mapToObj(i -> paths.get(i % paths.size())).toList();
      run(client, many);
      // Each of these leaves a connection that could be used again.
      run(client, Collections.nCopies(LIMIT, "whole"));
      Eventually.until(
          () -> server.openConnections() <= LIMIT,
          longest(),
          "more than " + LIMIT + " connections are open, and no request goes on");
    } finally {
      close();
    }
    Eventually.until(
        () -> server.openConnections() == 0,
        longest(),
        "a connection is open although the transport is closed (see close())");
  }

  private Outcome<String, String> outcome(String path) {
    return outcomes(List.of(path), policy()).get(0);
  }

  private List<Outcome<String, String>> outcomes(List<String> paths, Policy policy) {
    try (HttpClient client = client(policy)) {
      return run(client, paths);
    } finally {
      close();
    }
  }

  private List<Outcome<String, String>> run(HttpClient client, List<String> paths) {
    return pipeline(client)
        .runAll(Flowable.fromIterable(paths))
        .test()
        .awaitDone(longest().toNanos() * 4, NANOSECONDS)
        .assertNoErrors()
        .assertComplete()
        .values();
  }

  private static Pipeline<String, String> pipeline(HttpClient client) {
    Api api = client.api(Api.class);
    return client.pipeline(path -> api.get(path).map(ResponseBody::string));
  }

  private HttpClient client(Policy policy) {
    return HttpClient.at(server.base(), policy, options());
  }

  private Policy policy() {
    return Policy.of(Limiter.of(LIMIT)).withAttemptTimeout(longest());
  }
}
