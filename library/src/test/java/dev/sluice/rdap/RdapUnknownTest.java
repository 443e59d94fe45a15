package dev.sluice.rdap;

import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.DeadlineException;
import dev.sluice.Exchange;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.RawServer;
import dev.sluice.Retry;
import dev.sluice.http.ContentException;
import dev.sluice.http.StatusException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of a registry that are failures. */
class RdapUnknownTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "400 Bad Request",
        "403 Forbidden",
        "410 Gone",
        "429 Too Many Requests",
        "500 Internal Server Error",
        "501 Not Implemented",
        "503 Service Unavailable",
        "204 No Content",
      })
  void anyOtherStatusIsAFailure(String status) {
    try (ScriptedRegistry registry = ScriptedRegistry.saying(status(status))) {
      assertEquals("GET http://SERVER/rdap/domain/await.test: " + status, registry.said());
      assertInstanceOf(StatusException.class, registry.failure());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>welcome to the hotel</html>",
        "null",
        "[]",
        "7",
        "{}",
        "{\"errorCode\":404,\"title\":\"Not Found\"}",
        "{\"objectClassName\":\"entity\"}",
        "{\"objectClassName\":\"domain\",\"ldhName\":\"other.test\"}",
        "{\"objectClassName\":\"domain\",\"ldhName\":\"\\u001b[2J\"}",
        "{\"objectClassName\":\"domain\",\"ldhName\":",
      })
  void aBodyThatIsNoRegistrationOfTheDomainIsAFailure(String body) {
    try (ScriptedRegistry registry = ScriptedRegistry.saying(ScriptedRegistry.json(body))) {
      String said = registry.said();
      assertTrue(said.startsWith("GET http://SERVER/rdap/domain/await.test: "), said);
      assertTrue(said.chars().noneMatch(Character::isISOControl), said);
      assertFalse(((ContentException) registry.failure()).isTransient());
    }
  }

  @Test
  void aHugeOrDeeplyNestedAnswerIsAFailure() {
    String huge = ",\"status\":[\"" + "x".repeat(200_000) + "\"]";
    try (ScriptedRegistry registry = ScriptedRegistry.saying(ScriptedRegistry.domain(huge))) {
      assertTrue(registry.said().endsWith("a body longer than 100000 bytes"), registry.said());
    }
    try (ScriptedRegistry registry =
        ScriptedRegistry.saying(ScriptedRegistry.json("[".repeat(90_000)))) {
      assertTrue(registry.said().contains("expected JSON"), registry.said());
    }
  }

  @Test
  void retryAfterIsHonoured() {
    try (ScriptedRegistry registry =
        new ScriptedRegistry(
            policy -> policy.withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ZERO))),
            new TwoAnswers(
                status("429 Too Many Requests", "Retry-After: 7"), ScriptedRegistry.domain("")))) {
      var probe = registry.rdap.lookups().run(ScriptedRegistry.NAME).test();
      registry.server.awaitRequests(2);
      registry.awaitIdle();
      registry.clock.advanceTimeBy(6, SECONDS);
      assertEquals(1, registry.asked().size());
      registry.clock.advanceTimeBy(1, SECONDS);
      probe.awaitDone(10, SECONDS).assertValue(outcome -> outcome instanceof Success);
    }
  }

  @Test
  void aSilentRegistryIsAFailureAfterTheAttemptTimeout() {
    try (ScriptedRegistry registry =
        new ScriptedRegistry(policy -> policy, exchange -> exchange.untilTheClientLeaves())) {
      var probe = registry.rdap.lookups().run(ScriptedRegistry.NAME).test();
      registry.server.awaitRequests(2);
      registry.clock.advanceTimeBy(10, SECONDS);
      var outcome = probe.awaitDone(10, SECONDS).values().get(0);
      var failure = assertInstanceOf(Outcome.Failure.class, outcome);
      assertInstanceOf(DeadlineException.class, failure.cause());
      assertEquals(
          "await.test: no answer within 10s from the registry of test",
          failure.cause().getMessage());
    }
  }

  /** One answer to the first request, another answer to all later requests. */
  private static final class TwoAnswers implements RawServer.Script {
    private final byte[] first;
    private final byte[] second;
    private final AtomicInteger asked = new AtomicInteger();

    TwoAnswers(byte[] first, byte[] second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
      exchange.send(asked.getAndIncrement() == 0 ? first : second);
    }
  }
}
