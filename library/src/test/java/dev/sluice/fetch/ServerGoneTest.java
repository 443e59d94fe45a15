package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.content;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.Await;
import dev.sluice.Backoff;
import dev.sluice.Exchange;
import dev.sluice.IoSchedulers;
import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.LimiterListener;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that goes away in the middle of its bodies, and comes back at the same address. */
class ServerGoneTest {
  private static final int FILES = 30;
  private static final int AT_ONCE = 8;
  private static final int LENGTH = 400_000;

  @TempDir Path outside;
  private final CountDownLatch halves = new CountDownLatch(AT_ONCE);
  private final CountDownLatch gone = new CountDownLatch(1);
  private final AtomicInteger retries = new AtomicInteger();
  private final Limiter limiter = Limiter.of(AT_ONCE, Lanes.limit(AT_ONCE).withParking(MOST));

  private static final Duration MOST = ofMillis(500);

  @Test
  void afterAnOutageEveryFileIsRightAndResumed() throws Exception {
    int each = 5;
    outage(
        Retry.upTo(10_000).withBackoff(Backoff.fixed(ofMillis(5))),
        () -> Await.until(() -> retries.get() > each * AT_ONCE, "retries of all files"));
  }

  @Test
  @Tag("slow")
  @Timeout(value = 1, unit = MINUTES)
  void afterAnOutageOfTenSecondsEveryFileIsRightAndResumed() throws Exception {
    outage(
        Retry.upTo(20).withBackoff(Backoff.exponential(ofMillis(100), MOST.multipliedBy(4))),
        () -> Completable.timer(10, SECONDS, IoSchedulers.shared().timer()).blockingAwait());
  }

  private void outage(Retry retry, Runnable awaitItsEnd) throws Exception {
    RangeServer first = new RangeServer();
    List<Download> all = serve(first);
    Policy policy = Policy.of(limiter).withRetry(retry);
    RangeServer second;
    try (HttpClient client = HttpClient.at(first.raw().base(), policy, HttpOptions.standard())) {
      var watch = limiter.watch(counter());
      var outcomes =
          Downloads.into(Folder.at(outside.resolve("files")), client)
              .downloadAll(Flowable.fromIterable(all))
              .toList()
              .test();
      assertEquals(true, halves.await(10, SECONDS));
      gone.countDown();
      first.close();
      awaitItsEnd.run();
      second = new RangeServer(first);
      check(outcomes.awaitDone(20, SECONDS).assertComplete().values().get(0));
      assertEquals(AT_ONCE, ranges(second));
      watch.dispose();
    }
    second.close();
  }

  private static long ranges(RangeServer server) {
    return server.requests().stream()
        .filter(head -> head.stream().anyMatch(line -> line.startsWith("Range: ")))
        .count();
  }

  private LimiterListener counter() {
    return new LimiterListener() {
      @Override
      public void retried(Attempt attempt, Duration wait, IOException cause) {
        retries.incrementAndGet();
      }
    };
  }

  private List<Download> serve(RangeServer server) {
    List<Download> all = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      URI url = server.serve(i + ".bin", content(i, LENGTH));
      all.add(Download.of(url));
      server.script(i + ".bin", this::half);
    }
    return all;
  }

  private boolean half(Exchange exchange, byte[] file) throws IOException {
    exchange.send(RangeServer.ok(file));
    exchange.send(RangeServer.firstHalf(file));
    halves.countDown();
    try {
      gone.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    exchange.hangUp();
    return true;
  }

  private void check(List<Outcome<Download, Downloaded>> outcomes) throws IOException {
    assertEquals(FILES, outcomes.size());
    int resumed = 0;
    for (Outcome<Download, Downloaded> outcome : outcomes) {
      Fetched fetched = assertInstanceOf(Fetched.class, outcome.orElseThrow());
      Path file = fetched.file().path();
      int number = Integer.parseInt(String.valueOf(file.getFileName()).replace(".bin", ""));
      assertArrayEquals(content(number, LENGTH), java.nio.file.Files.readAllBytes(file));
      if (fetched.resumedAt() > 0) {
        resumed++;
        assertEquals(LENGTH / 2, fetched.resumedAt());
        assertEquals(LENGTH / 2, fetched.fetchedBytes());
      }
    }
    assertEquals(AT_ONCE, resumed);
  }
}
