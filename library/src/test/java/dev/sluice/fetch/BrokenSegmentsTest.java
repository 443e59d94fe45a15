package dev.sluice.fetch;

import static dev.sluice.fetch.DownloadFixture.LARGE;
import static dev.sluice.fetch.RangeServer.firstByte;
import static dev.sluice.fetch.RangeServer.lastByte;
import static dev.sluice.fetch.RangeServer.ok;
import static dev.sluice.fetch.RangeServer.partHead;
import static dev.sluice.fetch.SegmentFixture.CONTENT;
import static dev.sluice.fetch.SegmentFixture.QUARTER;
import static dev.sluice.fetch.SegmentFixture.hash;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Await;
import dev.sluice.LimiterListener;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.RangeServer.Script;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments that break off, stall or are refused. */
class BrokenSegmentsTest {
  @TempDir Path outside;
  private SegmentFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new SegmentFixture(outside.resolve("files"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aRetryAsksForTheRestOfASegment() throws IOException {
    fixture.script(breaking(1, 3 * QUARTER));

    Fetched fetched =
        fixture.fetched(
            fixture.segmented(fixture.files.client).withDigests(), Download.of(fixture.url));

    assertEquals(hash(CONTENT), fetched.checksum().orElseThrow());
    assertEquals(1, fixture.lines("Range: bytes=625000-749999").size());
    assertEquals(5, fixture.requests());
  }

  @Test
  void withoutARetryTheNextAttemptFillsTheGap() throws IOException {
    fixture.script(breaking(1, 625_000));

    Fetched fetched = fixture.once(Downloads::withDigests);

    assertEquals(hash(CONTENT), fetched.checksum().orElseThrow());
    assertEquals(875_000, fetched.resumedAt());
    assertEquals(125_000, fetched.fetchedBytes());
    assertEquals(206, fetched.status());
    assertEquals(1, fixture.lines("Range: bytes=625000-").stream().filter(this::isOpen).count());
    assertEquals(5, fixture.requests());
  }

  @Test
  void theNextRunFillsTheGap() throws IOException {
    fixture.script(breaking(2, 625_000));
    assertEquals(
        "GET " + fixture.url + ": unexpected end of stream",
        DownloadFailuresTest.message(
            DownloadFixture.outcome(
                fixture.segmented(fixture.files.once), Download.of(fixture.url))));
    fixture.script((exchange, file) -> false);

    Fetched fetched =
        fixture.fetched(
            Downloads.into(fixture.files.folder, fixture.files.once).withDigests(),
            Download.of(fixture.url));

    assertEquals(hash(CONTENT), fetched.checksum().orElseThrow());
    assertEquals(62_500, fetched.fetchedBytes());
  }

  @Test
  void aSegmentThatStallsIsGivenUp() throws IOException {
    AtomicInteger stalled = new AtomicInteger();
    fixture.script(
        (exchange, file) -> {
          if (firstByte(exchange) != 2 * QUARTER || stalled.getAndIncrement() > 0) {
            return fixture.firstQuarter(exchange, file, 2 * QUARTER);
          }
          exchange.send(partHead(file, 2 * QUARTER, 3 * QUARTER - 1));
          exchange.untilTheClientLeaves();
          return true;
        });

    Fetched fetched = fixture.once(downloads -> downloads.withStallTimeout(Duration.ofMillis(300)));

    assertEquals(QUARTER, fetched.fetchedBytes());
  }

  /** The first response goes on through segments whose responses do not begin. */
  @Test
  void headsThatDoNotComeDelayNothing() throws IOException {
    AtomicInteger silent = new AtomicInteger();
    fixture.script(
        (exchange, file) -> {
          if (firstByte(exchange) >= 0) {
            silent.incrementAndGet();
            exchange.untilTheClientLeaves();
          }
          exchange.send(ok(file));
          exchange.send(Arrays.copyOf(file, QUARTER - 1));
          Await.until(() -> silent.get() == 3, "requests for segments");
          exchange.send(Arrays.copyOfRange(file, QUARTER - 1, LARGE));
          return true;
        });

    Fetched fetched = fixture.once();

    assertEquals(200, fetched.status());
    assertEquals(4, fixture.requests());
  }

  /** A server with room for one connection only. */
  @Test
  void aRefusedSecondRequestIsNotRepeated() throws IOException {
    AtomicInteger refused = new AtomicInteger();
    fixture.script(
        (exchange, file) -> {
          if (firstByte(exchange) >= 0) {
            exchange.send("HTTP/1.1 429 Busy\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n");
            refused.incrementAndGet();
            return true;
          }
          exchange.send(ok(file));
          exchange.send(Arrays.copyOf(file, QUARTER - 1));
          Await.until(() -> refused.get() > 0, "a request for a segment");
          exchange.send(Arrays.copyOfRange(file, QUARTER - 1, LARGE));
          return true;
        });

    AtomicInteger retries = new AtomicInteger();
    AtomicBoolean isClosed = new AtomicBoolean();
    Disposable watch = fixture.files.client.policy().limiter().watch(counting(retries, isClosed));

    Fetched fetched =
        fixture.fetched(fixture.segmented(fixture.files.client), Download.of(fixture.url));

    watch.dispose();
    Await.until(isClosed::get, "all events are told");
    assertEquals(200, fetched.status());
    assertEquals(0, retries.get());
  }

  private static LimiterListener counting(AtomicInteger retries, AtomicBoolean isClosed) {
    return new LimiterListener() {
      @Override
      public void retried(Attempt attempt, Duration wait, IOException cause) {
        retries.incrementAndGet();
      }

      @Override
      public void closed() {
        isClosed.set(true);
      }
    };
  }

  /** Breaks the third segment off, in the middle of what is asked for, so many times. */
  private Script breaking(int times, int others) {
    AtomicInteger broken = new AtomicInteger();
    return (exchange, file) -> {
      int from = firstByte(exchange);
      if (from < 2 * QUARTER || from >= 3 * QUARTER || broken.getAndIncrement() >= times) {
        return fixture.firstQuarter(exchange, file, others);
      }
      exchange.send(partHead(file, from, lastByte(exchange, file)));
      exchange.send(Arrays.copyOfRange(file, from, (from + 3 * QUARTER) / 2));
      exchange.hangUp();
      return true;
    };
  }

  private boolean isOpen(String range) {
    return range.endsWith("-");
  }
}
