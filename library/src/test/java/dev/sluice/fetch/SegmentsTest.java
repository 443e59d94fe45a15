package dev.sluice.fetch;

import static dev.sluice.fetch.DownloadFixture.LARGE;
import static dev.sluice.fetch.DownloadFixture.RECORDS;
import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.etag;
import static dev.sluice.fetch.RangeServer.ok;
import static dev.sluice.fetch.SegmentFixture.CONTENT;
import static dev.sluice.fetch.SegmentFixture.QUARTER;
import static dev.sluice.fetch.SegmentFixture.hash;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.LimiterListener;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One large file in segments, from servers that keep the rules. */
class SegmentsTest {
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
  void segmentsComeByResponsesOfTheirOwn() throws IOException {
    fixture.script((exchange, file) -> fixture.firstQuarter(exchange, file, 3 * QUARTER));

    Fetched fetched = fixture.once(Downloads::withDigests);

    assertEquals(List.of(RECORDS, "x.bin"), fixture.files.files());
    assertEquals(LARGE, fetched.fetchedBytes());
    assertEquals(0, fetched.resumedAt());
    assertEquals(200, fetched.status());
    assertEquals(hash(CONTENT), fetched.checksum().orElseThrow());
    assertEquals(
        List.of(
            "Range: bytes=250000-499999",
            "Range: bytes=500000-749999",
            "Range: bytes=750000-999999"),
        fixture.lines("Range"));
    assertEquals(
        List.of("If-Range: " + etag(CONTENT)),
        fixture.lines("If-Range").stream().distinct().toList());
  }

  @Test
  void withOnePermitTheFileComesInOnePiece() throws IOException {
    try (HttpClient client = client(Policy.limit(1))) {
      Fetched unused = fixture.fetched(fixture.segmented(client), Download.of(fixture.url));
    }
    assertEquals(1, fixture.requests());
  }

  /** The bounds of the lane count for segments: one request at once, and one in a second. */
  @ParameterizedTest
  @MethodSource("lanes")
  void withinTheBoundsOfItsLaneTheFileComesInOnePiece(Lanes lanes) throws IOException {
    TestScheduler timer = new TestScheduler();
    Limiter limiter = Limiter.of(4, lanes, timer);
    AtomicInteger started = new AtomicInteger();
    AtomicBoolean isClosed = new AtomicBoolean();
    Disposable watch = limiter.watch(counting(started, isClosed));

    try (HttpClient client = client(Policy.of(limiter))) {
      Fetched unused = fixture.fetched(fixture.segmented(client), Download.of(fixture.url));
    }

    watch.dispose();
    timer.triggerActions();
    Await.until(isClosed::get, "all events are told");
    assertEquals(1, started.get());
  }

  static List<Lanes> lanes() {
    return List.of(Lanes.limit(1), Lanes.limit(4).withRate(Rate.perSecond(1)));
  }

  /** None of them waits for a permit that another one has. */
  @Test
  void fourDownloadsWithTwoPermitsEnd() throws IOException {
    Limiter limiter = Limiter.of(2);
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 4; i++) {
      fixture.server.serve(i + ".bin", content(i, LARGE));
      fixture.server.script(
          i + ".bin",
          (exchange, file) -> {
            most.accumulateAndGet(limiter.inFlight(), Math::max);
            return false;
          });
    }
    try (HttpClient client = client(Policy.of(limiter))) {
      fixture
          .segmented(client)
          .downloadAll(Flowable.range(0, 4).map(i -> Download.of(fixture.url.resolve(i + ".bin"))))
          .map(outcome -> outcome.orElseThrow().file().bytes())
          .test()
          .awaitDone(20, TimeUnit.SECONDS)
          .assertResult((long) LARGE, (long) LARGE, (long) LARGE, (long) LARGE);
    }
    for (int i = 0; i < 4; i++) {
      assertEquals(hash(content(i, LARGE)), hash(fixture.files.content(i + ".bin")));
    }
    assertTrue(most.get() <= 2, most::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept-Ranges: bytes", "ETag: ", "Content-Length: " + LARGE})
  void withoutThisFieldTheFileComesInOnePiece(String field) throws IOException {
    fixture.script(
        (exchange, file) -> {
          exchange.send(ok(file).replace(field, "X-" + field));
          exchange.send(file);
          exchange.hangUp();
          return true;
        });

    Fetched unused = fixture.once();

    assertEquals(1, fixture.requests());
  }

  @Test
  void withAWeakETagTheFileComesInOnePiece() throws IOException {
    fixture.script(
        (exchange, file) -> {
          exchange.send(ok(file).replace("ETag: ", "ETag: W/"));
          exchange.send(file);
          return true;
        });

    Fetched unused = fixture.once();

    assertEquals(1, fixture.requests());
  }

  @Test
  void aFileOfLessThanTwoSegmentsComesInOnePiece() throws IOException {
    Fetched unused = fixture.once(downloads -> downloads.withSegments(4, LARGE / 2 + 1));
    assertEquals(1, fixture.requests());
  }

  @Test
  void refusesNumbersBelowOne() {
    Downloads downloads = fixture.segmented(fixture.files.once);
    assertThrows(IllegalArgumentException.class, () -> downloads.withSegments(0, 1));
    assertThrows(IllegalArgumentException.class, () -> downloads.withSegments(1, 0));
  }

  private static LimiterListener counting(AtomicInteger started, AtomicBoolean isClosed) {
    return new LimiterListener() {
      @Override
      public void started(Attempt attempt, Duration waited) {
        started.incrementAndGet();
      }

      @Override
      public void closed() {
        isClosed.set(true);
      }
    };
  }

  private HttpClient client(Policy policy) {
    return HttpClient.at(fixture.server.raw().base(), policy, HttpOptions.standard());
  }
}
