package dev.sluice.rdap;

import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Backoff;
import dev.sluice.Exchange;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Retry;
import dev.sluice.dns.DomainName;
import dev.sluice.http.StatusException;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loading, sharing and renewing the list of registries. */
class RdapListTest {
  @TempDir Path folder;

  @Test
  void concurrentLookupsFetchTheListOnce() {
    CountDownLatch ready = new CountDownLatch(1);
    try (ScriptedRegistry registry = slowList(ready)) {
      var probes =
          registry.rdap.probeAll(Flowable.range(0, 20).map(i -> "n" + i + ".test")).count().test();
      registry.server.awaitRequests(1);
      Await.until(() -> registry.policy.limiter().inFlight() == 4, "four lookups wait");
      ready.countDown();
      probes.awaitDone(10, SECONDS).assertResult(20L);
      assertEquals(1, listings(registry));
      assertEquals(20, registry.asked().size());
    }
  }

  @Test
  void disposingOneLookupDoesNotCancelTheListForTheOthers() {
    CountDownLatch ready = new CountDownLatch(1);
    try (ScriptedRegistry registry = slowList(ready)) {
      var first = registry.rdap.lookups().run(ScriptedRegistry.NAME).test();
      var second = registry.rdap.lookups().run(ScriptedRegistry.NAME).test();
      registry.server.awaitRequests(1);
      first.dispose();
      ready.countDown();
      second.awaitDone(10, SECONDS).assertResult(Outcome.notFound(ScriptedRegistry.NAME));
      first.assertEmpty();
      assertEquals(1, listings(registry));
    }
  }

  @Test
  void aListThatHangsOnceFailsNoLookupThatHasARetry() {
    AtomicInteger loads = new AtomicInteger();
    try (ScriptedRegistry registry =
        listHangsOnce(Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ofSeconds(1))), loads)) {
      var probes =
          registry
              .rdap
              .probeAll(Flowable.range(0, 20).map(i -> "n" + i + ".test"))
              .filter(outcome -> outcome instanceof Outcome.NotFound)
              .test();
      Await.until(() -> loads.get() == 1, "the first load");
      Await.until(() -> registry.policy.limiter().inFlight() == 4, "four lookups wait");
      registry.clock.advanceTimeBy(10, SECONDS);
      probes.awaitCount(16);
      // The back-off of the first four.
      registry.clock.advanceTimeBy(1, SECONDS);
      probes.awaitDone(10, SECONDS).assertValueCount(20).assertComplete();
      assertEquals(2, loads.get());
    }
  }

  @Test
  void aLookupThatCameLateToAHungListJoinsTheNextOneWithinItsAttempt() {
    AtomicInteger loads = new AtomicInteger();
    try (ScriptedRegistry registry = listHangsOnce(Retry.none(), loads)) {
      var first = registry.rdap.lookups().run(ScriptedRegistry.NAME).test();
      Await.until(() -> loads.get() == 1, "the first load");
      registry.clock.advanceTimeBy(4, SECONDS);
      var second = registry.rdap.lookups().run(ScriptedRegistry.NAME).test();
      registry.clock.advanceTimeBy(6, SECONDS);
      second.awaitDone(10, SECONDS).assertResult(Outcome.notFound(ScriptedRegistry.NAME));
      first.awaitDone(10, SECONDS).assertValue(outcome -> outcome instanceof Failure);
      assertEquals(2, loads.get());
    }
  }

  @Test
  void aLookupAfterHalfTheTimeOfAHungListStartsTheNextOne() {
    AtomicInteger loads = new AtomicInteger();
    try (ScriptedRegistry registry = listHangsOnce(Retry.none(), loads)) {
      var first = registry.rdap.lookups().run(ScriptedRegistry.NAME).test();
      Await.until(() -> loads.get() == 1, "the first load");
      registry.clock.advanceTimeBy(5, SECONDS);
      registry.probed();
      assertEquals(2, loads.get());
      first.assertEmpty();
      first.dispose();
    }
  }

  /** The first load of the list hangs, the others succeed; an attempt has 10 seconds. */
  private static ScriptedRegistry listHangsOnce(Retry retry, AtomicInteger loads) {
    return new ScriptedRegistry(
        policy -> policy.withRetry(retry).withAttemptTimeout(Duration.ofSeconds(10)),
        exchange -> {
          if (loads.incrementAndGet() == 1) {
            exchange.untilTheClientLeaves();
          } else {
            sendList(exchange, new CountDownLatch(0));
          }
        },
        exchange -> exchange.send(status("404 Not Found")));
  }

  @Test
  void disposingTheLastLookupCancelsTheList() {
    try (ScriptedRegistry registry =
        new ScriptedRegistry(
            policy -> policy,
            exchange -> exchange.untilTheClientLeaves(),
            exchange -> exchange.send(status("404 Not Found")))) {
      var probe = registry.rdap.lookups().run(ScriptedRegistry.NAME).test();
      registry.server.awaitRequests(1);
      probe.dispose();
      registry.server.awaitOpen(0);
      probe.assertEmpty();
    }
  }

  @Test
  void theListIsFetchedAgainAfterADay() {
    try (ScriptedRegistry registry = ScriptedRegistry.saying(status("404 Not Found"))) {
      registry.probed();
      registry.clock.advanceTimeBy(24 * 60 - 1, MINUTES);
      registry.probed();
      assertEquals(1, listings(registry));
      registry.clock.advanceTimeBy(1, HOURS);
      registry.probed();
      assertEquals(2, listings(registry));
    }
  }

  @Test
  void a404OfTheListIsAFailure() {
    try (ScriptedRegistry registry =
        new ScriptedRegistry(
            policy -> policy,
            exchange -> exchange.send(status("404 Not Found")),
            exchange -> exchange.send(status("404 Not Found")))) {
      assertInstanceOf(StatusException.class, registry.failure());
      assertEquals("GET http://SERVER/dns.json: 404 Not Found", registry.said());
      assertEquals(2, listings(registry), "a failure is not cached");
      assertEquals(List.of(), registry.asked());
    }
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "0, 0", "86400, 300"})
  void aFailureCountsForItsRetryAfterAndForFiveMinutesAtMost(int retryAfter, int seconds) {
    try (ScriptedRegistry registry = failingList("429 Too Many", "Retry-After: " + retryAfter)) {
      assertEquals("GET http://SERVER/dns.json: 429 Too Many", registry.said());
      if (seconds > 0) {
        registry.clock.advanceTimeBy(seconds - 1, SECONDS);
        registry
            .rdap
            .probeAll(Flowable.range(0, 3_000).map(i -> "n" + i + ".test"))
            .filter(outcome -> outcome instanceof Failure)
            .count()
            .test()
            .awaitDone(10, SECONDS)
            .assertResult(3_000L);
        assertEquals(1, listings(registry));
        registry.clock.advanceTimeBy(1, SECONDS);
      }
      assertEquals("GET http://SERVER/dns.json: 429 Too Many", registry.said());
      assertEquals(2, listings(registry));
    }
  }

  @Test
  void failuresInARowCountForEverLonger() {
    try (ScriptedRegistry registry = failingList("503 Unavailable")) {
      assertInstanceOf(StatusException.class, registry.failure());
      int loads = 1;
      for (int seconds : new int[] {0, 1, 2, 4, 8, 16, 30, 30}) {
        if (seconds > 0) {
          registry.clock.advanceTimeBy(seconds * 1_000L - 1, MILLISECONDS);
          assertInstanceOf(StatusException.class, registry.failure());
          assertEquals(loads, listings(registry));
          registry.clock.advanceTimeBy(1, MILLISECONDS);
        }
        assertInstanceOf(StatusException.class, registry.failure());
        loads++;
        assertEquals(loads, listings(registry));
      }
    }
  }

  @Test
  void aListThatIsHadEndsTheRowOfFailures() {
    AtomicInteger loads = new AtomicInteger();
    try (ScriptedRegistry registry =
        new ScriptedRegistry(
            policy -> policy,
            exchange -> {
              if (loads.incrementAndGet() % 3 == 0) {
                sendList(exchange, new CountDownLatch(0));
              } else {
                exchange.send(status("503 Unavailable"));
              }
            },
            exchange -> exchange.send(status("404 Not Found")))) {
      for (int round = 1; round <= 2; round++) {
        assertInstanceOf(StatusException.class, registry.failure());
        assertInstanceOf(StatusException.class, registry.failure());
        registry.clock.advanceTimeBy(1, SECONDS);
        assertEquals(Outcome.notFound(ScriptedRegistry.NAME), registry.probed());
        assertEquals(3 * round, loads.get());
        registry.clock.advanceTimeBy(1, DAYS);
      }
    }
  }

  private static ScriptedRegistry failingList(String... answer) {
    String[] headers = Arrays.copyOfRange(answer, 1, answer.length);
    return new ScriptedRegistry(
        policy -> policy,
        exchange -> exchange.send(status(answer[0], headers)),
        exchange -> exchange.send(status("404 Not Found")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "null",
        "[]",
        "{}",
        "{\"services\":[]}",
        "{\"services\":7}",
        "{\"services\":[[[\"test\"],[]]]}",
        "{\"services\":[[[\"test\"],[\"ftp://a/\"]]]}",
        "{\"services\":[[[\"a b\", 7, null],[\"http://127.0.0.1/\"]], 3, [], null]}",
      })
  void aBodyThatIsNoListIsAFailure(String body) throws IOException {
    try (ScriptedRegistry registry =
        new ScriptedRegistry(
            policy -> policy,
            exchange -> exchange.send(ScriptedRegistry.json(body)),
            exchange -> exchange.send(status("404 Not Found")))) {
      String said = registry.said();
      assertTrue(said.matches("GET http://SERVER/dns.json: (no|expected JSON, but ).*"), said);
    }
    URI file = Files.writeString(folder.resolve("list.json"), body).toUri();
    try (Rdap rdap = Rdap.at(file, RdapOptions.standard())) {
      String message = String.valueOf(failureOf(rdap, ScriptedRegistry.NAME).getMessage());
      assertTrue(message.contains("list.json: no"), message);
    }
  }

  @Test
  void aFileThatCannotBeReadIsAFailure() {
    try (Rdap rdap = Rdap.at(folder.resolve("absent").toUri(), RdapOptions.standard())) {
      String message = String.valueOf(failureOf(rdap, ScriptedRegistry.NAME).getMessage());
      assertTrue(message.contains("absent: cannot be read: "), message);
    }
  }

  private static ScriptedRegistry slowList(CountDownLatch ready) {
    return new ScriptedRegistry(
        policy -> policy,
        exchange -> sendList(exchange, ready),
        exchange -> exchange.send(status("404 Not Found")));
  }

  private static void sendList(Exchange exchange, CountDownLatch ready) throws IOException {
    await(ready);
    String list = "{\"services\":[[[\"test\"],[\"http://HOST/\"]]]}";
    String host = exchange.head().stream().filter(it -> it.startsWith("Host: ")).toList().get(0);
    exchange.send(ScriptedRegistry.json(list.replace("HOST", host.substring(6))));
  }

  private static void await(CountDownLatch ready) {
    try {
      ready.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static long listings(ScriptedRegistry registry) {
    return registry.server.paths().stream().filter(ScriptedRegistry.LIST::equals).count();
  }

  private static IOException failureOf(Rdap rdap, DomainName name) {
    var outcome = rdap.lookups().run(name).test().awaitDone(10, SECONDS).values().get(0);
    return assertInstanceOf(Failure.class, outcome, outcome::toString).cause();
  }
}
