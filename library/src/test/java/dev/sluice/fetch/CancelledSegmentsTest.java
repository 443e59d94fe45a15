package dev.sluice.fetch;

import static dev.sluice.fetch.DownloadFixture.LARGE;
import static dev.sluice.fetch.RangeServer.firstByte;
import static dev.sluice.fetch.RangeServer.lastByte;
import static dev.sluice.fetch.RangeServer.ok;
import static dev.sluice.fetch.RangeServer.partHead;
import static dev.sluice.fetch.SegmentFixture.CONTENT;
import static dev.sluice.fetch.SegmentFixture.hash;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Exchange;
import dev.sluice.Limiter;
import dev.sluice.disk.FileName;
import dev.sluice.disk.PartialFile;
import dev.sluice.disk.PartialFiles;
import dev.sluice.fetch.Downloaded.Fetched;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads in segments that are cancelled, and go on where they were. */
class CancelledSegmentsTest {
  private static final int SEED = 16;

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
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void cancelledAtAnyMomentADownloadIsResumedRightly() throws IOException {
    Random random = new Random(SEED);
    int resumed = 0;
    for (int i = 0; i < 40; i++) {
      byte[] content = RangeServer.content(i, LARGE);
      String name = i + ".bin";
      Download download = Download.of(fixture.server.serve(name, content));
      int runs = 1 + random.nextInt(3);
      for (int run = 0; run < runs; run++) {
        AtomicInteger held = new AtomicInteger();
        fixture.server.script(name, holding(random.nextLong(), held));
        // A resumed run may have one segment only.
        int responses = run == 0 ? 1 + random.nextInt(4) : 1;
        cancelled(download, () -> held.get() >= responses);
      }
      fixture.server.script(name, (exchange, file) -> false);
      Downloads again = fixture.segmented(fixture.files.client).withDigests();

      Downloaded fetched = DownloadFixture.outcome(again, download).orElseThrow();

      assertEquals(hash(content), hash(fixture.files.content(name)), "file " + i);
      assertEquals(hash(content), fetched.checksum().orElseThrow(), "digest " + i);
      resumed += ((Fetched) fetched).resumedAt() > 0 ? 1 : 0;
    }
    assertTrue(resumed >= 10, resumed + " were resumed");
  }

  /** What all four responses have brought is not asked for again. */
  @Test
  void whatSegmentsHaveBroughtStays() throws IOException {
    fixture.script(CancelledSegmentsTest::most);
    cancelled(Download.of(fixture.url), () -> fixture.received.get() == 800_000);
    fixture.script((exchange, file) -> false);

    Fetched fetched = fixture.once(Downloads::withDigests);

    assertEquals(hash(CONTENT), fetched.checksum().orElseThrow());
    // A buffer that is not full may be lost.
    assertTrue(fetched.resumedAt() >= 200_000 + 3 * HandOver.bufferBytes(1), fetched::toString);
    assertEquals(LARGE - fetched.resumedAt(), fetched.fetchedBytes());
  }

  /** A run without segments goes on behind the first bytes. */
  @Test
  void aRunWithoutSegmentsIsRightToo() throws IOException {
    fixture.script(CancelledSegmentsTest::most);
    cancelled(Download.of(fixture.url), () -> fixture.received.get() == 800_000);
    fixture.script((exchange, file) -> false);

    Fetched fetched =
        fixture.fetched(
            Downloads.into(fixture.files.folder, fixture.files.once).withDigests(),
            Download.of(fixture.url));

    assertEquals(hash(CONTENT), fetched.checksum().orElseThrow());
    assertEquals(200_000, fetched.resumedAt());
  }

  /** Whether no attempt writes the file any more. */
  private boolean isClosed(String name) {
    PartialFiles partials = PartialFiles.in(fixture.files.folder);
    try (PartialFile opened = partials.open("name " + name, FileName.of(name))) {
      return opened.length() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void cancelled(Download download, BooleanSupplier isDue) {
    Limiter limiter = fixture.files.client.policy().limiter();
    Disposable run = fixture.segmented(fixture.files.client).pipeline().run(download).subscribe();
    Await.until(isDue, "the moment to cancel");
    run.dispose();
    Await.until(() -> limiter.inFlight() == 0, "no permit is out");
    String path = download.url().getPath();
    Await.until(() -> isClosed(path.substring(1)), "the file is closed");
  }

  /** The first 200,000 bytes of what is asked for. */
  private static boolean most(Exchange exchange, byte[] file) throws IOException {
    send(exchange, file, 200_000);
    exchange.untilTheClientLeaves();
    return true;
  }

  /** Responses of random lengths, each shorter than the first segment. */
  private static RangeServer.Script holding(long seed, AtomicInteger held) {
    Random random = new Random(seed);
    return (exchange, file) -> {
      int left = lastByte(exchange, file) - Math.max(0, firstByte(exchange));
      send(exchange, file, random.nextInt(Math.min(left, 249_000)));
      held.incrementAndGet();
      exchange.untilTheClientLeaves();
      return true;
    };
  }

  private static void send(Exchange exchange, byte[] file, int bytes) throws IOException {
    int from = Math.max(0, firstByte(exchange));
    exchange.send(
        firstByte(exchange) < 0 ? ok(file) : partHead(file, from, lastByte(exchange, file)));
    exchange.send(Arrays.copyOfRange(file, from, from + bytes));
  }
}
