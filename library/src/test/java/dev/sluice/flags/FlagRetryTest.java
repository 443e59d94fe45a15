package dev.sluice.flags;

import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.Answers;
import dev.sluice.Backoff;
import dev.sluice.Exchange;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.RawServer;
import dev.sluice.Retry;
import dev.sluice.fetch.SavedFile;
import dev.sluice.http.StatusException;
import io.reactivex.rxjava3.observers.TestObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries, in virtual time. */
class FlagRetryTest {
  private static final Retry TWICE =
      Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ofSeconds(1)));
  private static final ZonedDateTime NOON =
      ZonedDateTime.of(2026, 1, 31, 12, 0, 0, 0, ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void retriesABusyServerAfterTheBackoff() {
    assertSavedAfter(Duration.ofSeconds(1), status("503 Busy"));
  }

  @Test
  void retriesABrokenConnection() {
    assertSavedAfter(Duration.ofSeconds(1), Exchange::reset);
    assertSavedAfter(Duration.ofSeconds(1), Exchange::hangUp);
  }

  @Test
  void waitsForTheSecondsOfRetryAfter() {
    assertSavedAfter(Duration.ofSeconds(7), status("503 Busy", "Retry-After: 7"));
    assertSavedAfter(Duration.ofSeconds(7), status("429 Slow down", "Retry-After:  7 "));
    assertSavedAfter(Duration.ofMinutes(1), status("429 Slow down", "Retry-After: 60"));
  }

  @Test
  void waitsForTheDateOfRetryAfterByTheClockOfTheServer() {
    assertSavedAfter(
        Duration.ofSeconds(20),
        status("503 Busy", "Date: " + date(NOON), "Retry-After: " + date(NOON.plusSeconds(20))));
  }

  @Test
  void aRetryAfterThatIsShorterThanTheBackoffOrInvalidIsIgnored() {
    assertSavedAfter(Duration.ofSeconds(1), status("503 Busy", "Retry-After: 0"));
    assertSavedAfter(Duration.ofSeconds(1), status("503 Busy", "Retry-After: soon"));
    assertSavedAfter(Duration.ofSeconds(1), status("503 Busy", "Retry-After: -5"));
    assertSavedAfter(
        Duration.ofSeconds(1), status("503 Busy", "Retry-After: " + date(NOON.minusYears(9))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "61",
        "86400",
        "99999999999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
      })
  void aRetryAfterBeyondTheLongestWaitFailsAtOnce(String wait) {
    assertFailsAtOnce(status("503 Busy", "Retry-After: " + wait));
  }

  @Test
  void finalFailuresAreNotRetried() {
    assertFailsAtOnce(status("403 Forbidden"));
    assertFailsAtOnce(status("204 No Content"));
    assertFailsAtOnce(Answers.ok("text/html", Answers.bytes("<html></html>")));
  }

  @Test
  void theOutcomeHasTheLastFailure() {
    try (FlagSite site = twice(exchange -> exchange.send(status("503 Busy")))) {
      var outcome = site.flags.downloads().run(OneFlag.BR).test();
      site.server.awaitRequests(1);
      site.awaitIdle();
      site.pass(Duration.ofSeconds(1));
      outcome.awaitDone(10, SECONDS);

      Failure<?, ?> failure = assertInstanceOf(Failure.class, outcome.values().get(0));
      assertInstanceOf(StatusException.class, failure.cause());
      assertEquals(2, failure.attempts());
      site.server.awaitRequests(2);
    }
  }

  private void assertFailsAtOnce(byte[] answer) {
    try (FlagSite site = twice(exchange -> exchange.send(answer))) {
      var outcome = site.flags.downloads().run(OneFlag.BR).test().awaitDone(10, SECONDS);
      Failure<?, ?> failure = assertInstanceOf(Failure.class, outcome.values().get(0));
      assertEquals(1, failure.attempts());
    }
  }

  private void assertSavedAfter(Duration wait, byte[] firstAnswer) {
    assertSavedAfter(wait, exchange -> exchange.send(firstAnswer));
  }

  private void assertSavedAfter(Duration wait, RawServer.Script first) {
    AtomicInteger asked = new AtomicInteger();
    RawServer.Script second = exchange -> exchange.send(FlagSite.FLAG);
    try (FlagSite site =
        twice(exchange -> (asked.getAndIncrement() == 0 ? first : second).answer(exchange))) {
      TestObserver<Outcome<CountryCode, SavedFile>> outcome =
          site.flags.downloads().run(OneFlag.BR).test();
      site.server.awaitRequests(1);
      site.awaitIdle();
      site.pass(wait.minusMillis(1));
      assertEquals(1, asked.get());
      outcome.assertEmpty();
      site.pass(Duration.ofMillis(1));
      outcome.awaitDone(10, SECONDS);
      assertInstanceOf(Success.class, outcome.values().get(0));
    }
  }

  private FlagSite twice(RawServer.Script script) {
    return new FlagSite(folder, policy -> policy.withRetry(TWICE), script);
  }

  private static String date(ZonedDateTime date) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(date);
  }
}
