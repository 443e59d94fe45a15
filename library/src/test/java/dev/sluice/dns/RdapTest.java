package dev.sluice.dns;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Backoff;
import dev.sluice.DeadlineException;
import dev.sluice.Exchange;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.RawServer;
import dev.sluice.Retry;
import dev.sluice.http.CallException;
import dev.sluice.http.ContentException;
import dev.sluice.http.StatusException;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registered, not registered, unknown: what each answer of a registry means. */
class RdapTest {
  @Test
  void aRegisteredDomainComesWithStatusesExpiryAndEvidence() {
    byte[] domain =
        Registry.domain(
            ",\"status\":[\"active\",\"client transfer prohibited\"],\"events\":["
                + "{\"eventAction\":\"registration\",\"eventDate\":\"2020-01-01T00:00:00Z\"},"
                + "{\"eventAction\":\"expiration\",\"eventDate\":\"2030-02-28T23:59:59.5+01:00\"}]");
    try (Registry registry = Registry.saying(domain)) {
      assertEquals(
          Outcome.success(
              Registry.NAME,
              new Registration(
                  Registry.NAME,
                  List.of("active", "client transfer prohibited"),
                  Optional.of(Instant.parse("2030-02-28T22:59:59.5Z")),
                  registry.server.base().resolve("/rdap/domain/await.test"))),
          registry.probed());
      assertEquals(List.of("/rdap/domain/await.test"), registry.asked());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"status\":\"active\",\"events\":{\"eventAction\":\"expiration\"}",
        ",\"status\":[1,null,{}],\"events\":[{\"eventAction\":\"expiration\"},7]",
        ",\"status\":null,\"events\":[{\"eventAction\":\"expiration\",\"eventDate\":\"soon\"}]",
      })
  void aRegisteredDomainMayComeWithNothingElse(String members) {
    try (Registry registry = Registry.saying(Registry.domain(members))) {
      Registration registration = registrationOf(registry.probed());
      assertEquals(List.of(), registration.statuses());
      assertEquals(Optional.empty(), registration.expiry());
    }
  }

  @Test
  void aStatusCannotSteerTheTerminal() {
    try (Registry registry = Registry.saying(Registry.domain(",\"status\":[\"\\u001b[2Jgone\"]"))) {
      assertEquals(List.of("<U+001B>[2Jgone"), registrationOf(registry.probed()).statuses());
    }
  }

  @Test
  void the404OfTheRegistryMeansNotRegistered() {
    try (Registry registry =
        Registry.saying(answer("404 Not Found", bytes("{\"errorCode\":404}")))) {
      assertEquals(Outcome.notFound(Registry.NAME), registry.probed());
    }
  }

  @Test
  void the404OfAnotherServerMeansNothing() {
    try (RawServer other = RawServer.saying(status("404 Not Found"));
        Registry registry =
            Registry.saying(status("302 Found", "Location: " + other.base() + "nobody"))) {
      RdapException failure = assertInstanceOf(RdapException.class, registry.failure());
      assertTrue(
          String.valueOf(failure.getMessage())
              .startsWith("await.test: only 127.0.0.1 can say that: GET " + other.base()),
          failure::toString);
      assertFalse(failure.isTransient());
    }
  }

  @Test
  void a404BehindARedirectOfTheSameServerIsStillItsOwn() {
    try (Registry registry =
        new Registry(
            policy -> policy,
            exchange ->
                exchange.send(
                    exchange.path().startsWith("/rdap/")
                        ? status("301 Moved Permanently", "Location: /v2/await.test")
                        : status("404 Not Found")))) {
      assertEquals(Outcome.notFound(Registry.NAME), registry.probed());
    }
  }

  @Test
  void aRegistrationMayStandBehindARedirectAndTheEvidenceSaysWhere() {
    try (RawServer other = RawServer.saying(Registry.domain(""));
        Registry registry =
            Registry.saying(status("302 Found", "Location: " + other.base() + "await"))) {
      URI evidence = registrationOf(registry.probed()).evidence();
      assertEquals(other.base().resolve("/await"), evidence);
    }
  }

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
  void anyOtherStatusIsUnknown(String status) {
    try (Registry registry = Registry.saying(status(status))) {
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
  void whatIsNoRegistrationOfThisDomainIsUnknown(String body) {
    try (Registry registry = Registry.saying(Registry.json(body))) {
      String said = registry.said();
      assertTrue(said.startsWith("GET http://SERVER/rdap/domain/await.test: "), said);
      assertTrue(said.chars().noneMatch(Character::isISOControl), said);
      assertFalse(((ContentException) registry.failure()).isTransient());
    }
  }

  @Test
  void aHugeOrBottomlessAnswerIsUnknown() {
    String huge = ",\"status\":[\"" + "x".repeat(200_000) + "\"]";
    try (Registry registry = Registry.saying(Registry.domain(huge))) {
      assertTrue(registry.said().endsWith("a body longer than 100000 bytes"), registry.said());
    }
    try (Registry registry = Registry.saying(Registry.json("[".repeat(90_000)))) {
      assertTrue(registry.said().contains("not JSON"), registry.said());
    }
  }

  @Test
  void aRegistryThatAsksToWaitIsAskedAgainThenAndNotBefore() {
    try (Registry registry =
        new Registry(
            policy -> policy.withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ZERO))),
            new TwoAnswers(
                status("429 Too Many Requests", "Retry-After: 7"), Registry.domain("")))) {
      var probe = registry.rdap.probe(Registry.NAME).test();
      registry.server.awaitRequests(2);
      registry.awaitIdle();
      registry.clock.advanceTimeBy(6, SECONDS);
      assertEquals(1, registry.asked().size());
      registry.clock.advanceTimeBy(1, SECONDS);
      probe.awaitDone(10, SECONDS).assertValue(outcome -> outcome instanceof Success);
    }
  }

  @Test
  void aSilentRegistryIsUnknownAfterTheAttemptsClock() {
    try (Registry registry =
        new Registry(policy -> policy, exchange -> exchange.untilTheClientLeaves())) {
      var probe = registry.rdap.probe(Registry.NAME).test();
      registry.server.awaitRequests(2);
      registry.clock.advanceTimeBy(10, SECONDS);
      var outcome = probe.awaitDone(10, SECONDS).values().get(0);
      var failure = assertInstanceOf(Outcome.Failure.class, outcome);
      assertInstanceOf(DeadlineException.class, failure.cause());
      assertEquals(
          "await.test: no answer within PT10S from the registry of test",
          failure.cause().getMessage());
    }
  }

  @Test
  void disposeCancelsTheCall() {
    AtomicBoolean left = new AtomicBoolean();
    try (Registry registry =
        new Registry(
            policy -> policy,
            exchange -> {
              exchange.untilTheClientLeaves();
              left.set(true);
            })) {
      var probe = registry.rdap.probe(Registry.NAME).test();
      registry.server.awaitRequests(2);
      probe.dispose();
      probe.assertEmpty();
      Await.until(left::get, "the client leaves");
    }
  }

  @Test
  void manyNamesKeepTheirTextAndABadOneAsksNobody() {
    try (Registry registry = Registry.saying(status("404 Not Found"))) {
      var outcomes =
          registry
              .rdap
              .probeInOrder(Flowable.just("Await.TEST.", "not a name", "for.test"))
              .test()
              .awaitDone(10, SECONDS)
              .assertComplete()
              .values();
      assertEquals(Outcome.notFound("Await.TEST."), outcomes.get(0));
      assertInstanceOf(BadNameException.class, ((Outcome.Failure<?, ?>) outcomes.get(1)).cause());
      assertEquals(Outcome.notFound("for.test"), outcomes.get(2));
      assertEquals(2, registry.asked().size());
      registry
          .rdap
          .probeAll(Flowable.just("await.test", "for.test"))
          .count()
          .test()
          .awaitDone(10, SECONDS)
          .assertResult(2L);
    }
  }

  @Test
  void afterCloseEveryProbeFails() {
    try (Registry registry = Registry.saying(status("404 Not Found"))) {
      registry.rdap.close();
      assertInstanceOf(CallException.class, registry.failure());
      assertTrue(registry.said().endsWith("the client is closed"), registry.said());
    }
  }

  @Test
  @SuppressWarnings("NullAway") // Callers are not all checked.
  void argumentsAreChecked() {
    URI list = URI.create("http://127.0.0.1/dns.json");
    assertThrows(NullPointerException.class, () -> Rdap.at(null, RdapOptions.standard()).close());
    assertThrows(NullPointerException.class, () -> Rdap.at(list, null).close());
    assertThrows(NullPointerException.class, () -> RdapOptions.of(null));
    assertThrows(
        IllegalArgumentException.class,
        () -> Rdap.at(URI.create("dns.json"), RdapOptions.standard()).close());
    try (Rdap rdap = Rdap.standard()) {
      assertThrows(NullPointerException.class, () -> rdap.probe(null));
      assertThrows(NullPointerException.class, () -> rdap.probeAll(null));
      assertThrows(NullPointerException.class, () -> rdap.probeInOrder(null));
    }
  }

  private static Registration registrationOf(Outcome<DomainName, Registration> outcome) {
    assertInstanceOf(Success.class, outcome, outcome::toString);
    return ((Success<DomainName, Registration>) outcome).value();
  }

  /** One answer to the first request, another one to all that follow. */
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
