package dev.sluice.flags;

import static dev.sluice.Answers.status;
import static dev.sluice.flags.FlagSite.FLAG;
import static dev.sluice.flags.FlagSite.codes;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.Exchange;
import dev.sluice.IoSchedulers;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.Recorded;
import dev.sluice.Retry;
import dev.sluice.Tally;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Completable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threads of network, disk and timer, in a recording of the JVM. */
class ThreadsTest {
  private static final Policy HASTY =
      Policy.limit(10)
          .withAttemptTimeout(Duration.ofMillis(100))
          .withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ofMillis(5))));

  @TempDir Path folder;

  @Test
  void networkThreadsTouchNoFileAndDiskThreadsNoSocket() {
    try (RawServer server = RawServer.answering(exchange -> exchange.send(FLAG))) {
      Recorded recorded =
          Recorded.during(() -> assertEquals(200, run(server, Policy.limit(10)).succeeded()));

      Set<String> writers =
          recorded.threads(
              "jdk.FileWrite", it -> String.valueOf(it.getString("path")).startsWith("" + folder));
      int port = server.base().getPort();
      Set<String> readers = recorded.threads("jdk.SocketRead", it -> it.getInt("port") == port);
      Set<String> askers = recorded.threads("jdk.SocketWrite", it -> it.getInt("port") == port);

      assertAll(writers, "sluice-disk-");
      assertAll(readers, "sluice-network-");
      assertAll(askers, "sluice-network-");
    }
  }

  @Test
  void nothingBlocksTheTimer() {
    try (RawServer server = RawServer.answering(ThreadsTest::goodBadOrSilent)) {
      Recorded recorded = Recorded.during(() -> assertEquals(200, run(server, HASTY).total()));
      assertEquals("[]", recorded.blocked("sluice-timer").toString());
    }
  }

  @Test
  void theRecordingShowsABlockedCallbackAndNoBlockedTimer() {
    CountDownLatch never = new CountDownLatch(1);
    Recorded recorded =
        Recorded.during(
            () ->
                Completable.fromAction(() -> never.await(1, MILLISECONDS))
                    .subscribeOn(IoSchedulers.shared().timer())
                    .blockingAwait());
    assertFalse(recorded.blocked("sluice-callback").isEmpty());
    assertEquals("[]", recorded.blocked("sluice-timer").toString());
  }

  private Tally run(RawServer server, Policy policy) {
    try (Flags flags = Flags.at(server.base(), Folder.at(folder), FlagOptions.of(policy))) {
      return flags
          .downloadAll(codes(200))
          .reduce(Tally.ZERO, Tally::plus)
          .test()
          .awaitDone(20, SECONDS)
          .values()
          .get(0);
    }
  }

  private static void goodBadOrSilent(Exchange exchange) throws IOException {
    switch (exchange.path().charAt(2) % 3) {
      case 0 -> exchange.send(FLAG);
      case 1 -> exchange.send(status("503 Busy"));
      default -> exchange.untilTheClientLeaves();
    }
  }

  private static void assertAll(Set<String> threads, String prefix) {
    assertFalse(threads.isEmpty(), "nothing was recorded");
    assertTrue(threads.stream().allMatch(it -> it.startsWith(prefix)), threads::toString);
  }
}
