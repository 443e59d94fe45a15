package dev.sluice.flags;

import static dev.sluice.flags.FlagSite.FLAG;
import static dev.sluice.flags.FlagSite.codes;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Exchange;
import dev.sluice.Outcome.Failure;
import dev.sluice.Retry;
import dev.sluice.Tally;
import dev.sluice.http.CallException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** close(): running calls fail, and later calls fail with the reason. */
class CloseTest {
  @TempDir Path folder;

  @Test
  void closingFailsRunningAndWaitingDownloads() {
    try (FlagSite site = FlagSite.of(folder, Exchange::untilTheClientLeaves)) {
      var outcomes = site.flags.downloadAll(codes(50)).test();
      site.server.awaitRequests(5);
      site.flags.close();

      outcomes.awaitDone(10, SECONDS).assertComplete().assertValueCount(50);
      assertTrue(outcomes.values().stream().allMatch(Failure.class::isInstance));
      site.server.awaitOpen(0);
      assertEquals(5, site.server.paths().size());
      assertEquals(List.of(), OneFlag.in(folder));
    }
  }

  @Test
  void callsAfterCloseFailWithThatMessage() {
    try (FlagSite site = FlagSite.of(folder, exchange -> exchange.send(FLAG))) {
      site.flags.close();
      var outcome =
          site.flags.downloads().run(OneFlag.BR).test().awaitDone(10, SECONDS).values().get(0);

      assertEquals(
          "GET " + site.server.base() + "br/br.gif: the client is closed",
          outcome.fold(s -> "saved", n -> "not found", f -> f.cause().getMessage()));
      site.flags.find(OneFlag.BR).test().awaitDone(10, SECONDS).assertFailure(CallException.class);
      assertEquals(0, site.server.accepted());
    }
  }

  @Test
  void failuresByCloseAreNotRetried() {
    try (FlagSite site =
        new FlagSite(
            folder, policy -> policy.withRetry(Retry.upTo(9)), Exchange::untilTheClientLeaves)) {
      var outcomes = site.flags.downloadAll(codes(20)).test();
      site.server.awaitRequests(5);
      site.flags.close();

      outcomes.awaitDone(10, SECONDS).assertComplete().assertValueCount(20);
      for (var outcome : outcomes.values()) {
        Failure<?, ?> failure = assertInstanceOf(Failure.class, outcome);
        assertTrue(failure.toString().contains(": the client is closed"), failure::toString);
        assertEquals(1, failure.attempts());
      }
    }
  }

  @Test
  void closingTwiceIsAllowed() {
    try (FlagSite site = FlagSite.of(folder, exchange -> exchange.send(FLAG))) {
      site.flags.close();
      site.flags.close();
    }
  }

  @Test
  void closesIdleConnections() {
    try (FlagSite site = FlagSite.of(folder, exchange -> exchange.send(FLAG))) {
      site.flags.downloadAll(codes(20)).test().awaitDone(10, SECONDS).assertValueCount(20);
      site.awaitIdle();
      site.flags.close();
      site.server.awaitOpen(0);
    }
  }

  @Test
  void everyCodeHasAnOutcomeWheneverTheClientIsClosed() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      try (FlagSite site = FlagSite.of(folder, exchange -> exchange.send(FLAG))) {
        var outcomes = site.flags.downloadAll(codes(30)).test().awaitCount(random.nextInt(10));
        site.flags.close();
        outcomes.awaitDone(10, SECONDS).assertComplete().assertValueCount(30);
        Tally tally = outcomes.values().stream().reduce(Tally.ZERO, Tally::plus, (a, b) -> a);
        assertEquals(30, tally.succeeded() + tally.failed(), tally::toString);
      }
    }
  }
}
