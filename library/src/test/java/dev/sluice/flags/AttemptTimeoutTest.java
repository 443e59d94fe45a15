package dev.sluice.flags;

import static dev.sluice.Answers.head;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.DeadlineException;
import dev.sluice.Exchange;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.fetch.SavedFile;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The attempt timeout, in virtual time: 3.1 s from the permit to the last byte. */
class AttemptTimeoutTest {
  @TempDir Path folder;

  @Test
  void timesOutOnASilentServer() {
    try (FlagSite site = FlagSite.of(folder, Exchange::untilTheClientLeaves)) {
      var outcome = site.flags.downloads().run(OneFlag.BR).test();
      site.server.awaitRequests(1);
      site.pass(Duration.ofMillis(3_099));
      outcome.assertEmpty();
      site.pass(Duration.ofMillis(1));

      assertLate(outcome, site);
      site.server.awaitOpen(0);
      site.awaitIdle();
      assertEquals(List.of(), OneFlag.in(folder));
    }
  }

  @Test
  void timesOutOnAServerThatSendsTheHeadSlowly() {
    Semaphore bytes = new Semaphore(0);
    try (FlagSite site = FlagSite.of(folder, exchange -> trickle(exchange, bytes))) {
      var outcome = site.flags.downloads().run(OneFlag.BR).test();
      site.server.awaitRequests(1);
      for (int second = 1; second <= 3; second++) {
        bytes.release();
        site.pass(Duration.ofSeconds(1));
      }
      outcome.assertEmpty();
      site.pass(Duration.ofMillis(100));

      assertLate(outcome, site);
      bytes.release(1_000_000);
      site.server.awaitOpen(0);
      assertEquals(List.of(), OneFlag.in(folder));
    }
  }

  @Test
  void timesOutOnASlowEndlessBody() {
    try (FlagSite site =
        FlagSite.of(
            folder,
            exchange -> {
              exchange.send(head("200 OK", "Content-Type: image/gif"));
              exchange.send(Gifs.header("GIF89a"));
              exchange.untilTheClientLeaves();
            })) {
      var outcome = site.flags.downloads().run(OneFlag.BR).test();
      site.server.awaitRequests(1);
      site.pass(Duration.ofMillis(3_100));
      assertLate(outcome, site);
      site.server.awaitOpen(0);
    }
  }

  @Test
  void theTimeoutStartsWithThePermit() {
    try (FlagSite site = FlagSite.limited(folder, 1, Exchange::untilTheClientLeaves)) {
      var outcomes = site.flags.downloadAll(FlagSite.codes(2)).test();
      site.server.awaitRequests(1);
      site.pass(Duration.ofSeconds(10));
      outcomes.assertValueCount(1);
      site.server.awaitRequests(2);
      site.pass(Duration.ofSeconds(10));
      outcomes.assertValueCount(2).assertComplete();
    }
  }

  @Test
  void aHangingCallDelaysNoOther() {
    try (FlagSite site =
        FlagSite.of(
            folder,
            exchange -> {
              if (exchange.path().equals("/aa/aa.gif")) {
                exchange.untilTheClientLeaves();
              }
              exchange.send(FlagSite.FLAG);
            })) {
      var outcomes = site.flags.downloadAll(FlagSite.codes(100)).test().awaitCount(99);
      outcomes.assertValueCount(99).assertNotComplete();
      site.pass(Duration.ofMillis(3_100));
      outcomes.awaitDone(10, SECONDS).assertValueCount(100).assertComplete();
      assertInstanceOf(Failure.class, outcomes.values().get(99));
    }
  }

  private static void trickle(Exchange exchange, Semaphore bytes) throws IOException {
    exchange.send(head("200 OK", "Content-Length: 1000000"));
    for (int i = 0; i < 1_000_000; i++) {
      bytes.acquireUninterruptibly();
      exchange.send("G");
    }
  }

  private static void assertLate(
      TestObserver<Outcome<CountryCode, SavedFile>> observer, FlagSite site) {
    observer.assertValueCount(1).assertComplete();
    Failure<?, ?> failure = assertInstanceOf(Failure.class, observer.values().get(0));
    assertInstanceOf(DeadlineException.class, failure.cause());
    assertEquals(
        "BR: no answer within 3.1s from " + site.server.base() + "br/br.gif",
        failure.cause().getMessage());
    assertEquals(1, failure.attempts());
  }
}
