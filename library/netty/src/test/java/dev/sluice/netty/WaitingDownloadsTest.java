package dev.sluice.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.IoSchedulers;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.Phase;
import dev.sluice.Policy;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.Downloads;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalEntry;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads and times of downloads over Netty. */
@Timeout(60)
class WaitingDownloadsTest extends LongFileFixture {
  private static final int MANY = 200;
  private static final long DELAY_NANOS = 200_000_000;

  @Test
  void aDownloadThatWaitsForItsHeadTakesNoThread() throws IOException {
    CountDownLatch asked = new CountDownLatch(MANY);
    CountDownLatch answer = new CountDownLatch(1);
    try (CountedThreads threads = new CountedThreads();
        NettyDownloads netty =
            serving(
                Policy.limit(MANY)
                    .withAttemptTimeout(Policy.FOREVER)
                    .withSchedulers(threads.schedulers()),
                (head, out) -> {
                  asked.countDown();
                  NettyDownloads.await(answer);
                  AnsweringServer.write(out, AnsweringServer.ok("there"));
                })) {
      var outcomes = netty.many(MANY).test();
      NettyDownloads.await(asked);
      NettyDownloads.await(() -> threads.busy() == 0, "a network thread waits for a head");
      answer.countDown();
      outcomes.awaitDone(30, SECONDS).assertValueCount(MANY).assertComplete();
      outcomes.values().forEach(it -> assertInstanceOf(Success.class, it));
    }
  }

  @Test
  void withoutAThreadForItsReaderADownloadFailsAndTheNextOneSucceeds() throws IOException {
    AtomicInteger tasks = new AtomicInteger();
    Executor scarce =
        task -> {
          if (tasks.incrementAndGet() == 1) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          new Thread(task, "late").start();
        };
    IoSchedulers schedulers = IoSchedulers.shared().withNetwork(Schedulers.from(scarce, true));
    try (NettyDownloads netty = serving(ONE.withSchedulers(schedulers), file::answer)) {
      Failure<?, ?> failure =
          assertInstanceOf(Failure.class, netty.outcome(netty.downloads(), "a.bin"));
      assertTrue(failure.toString().contains("no thread: unable to create"), failure.toString());
      netty.awaitEnd();
      assertInstanceOf(Fetched.class, netty.download("a.bin"));
    }
  }

  /** Also of the second run, which looks for the file on the disk before it asks. */
  @Test
  void aJournalKnowsThePhases() throws IOException {
    Path lines = folder.resolve("run.ndjson");
    try (NettyDownloads netty =
            serving(
                ONE,
                (head, out) -> {
                  LockSupport.parkNanos(DELAY_NANOS);
                  file.answer(head, out);
                });
        Journal journal = Journal.open(lines)) {
      for (int run = 0; run < 2; run++) {
        netty
            .downloads()
            .pipeline()
            .journalled(journal, Downloads.journalCodec())
            .run(netty.of("a.bin"))
            .blockingSubscribe();
      }
    }
    List<JournalEntry> entries = Journal.read(lines).toList().blockingGet();
    assertEquals(List.of(200, 304), entries.stream().map(JournalEntry::status).toList());
    for (JournalEntry entry : entries) {
      assertEquals(LONG, entry.bytes());
      assertTrue(entry.phases().micros(Phase.FIRST_BYTE) >= DELAY_NANOS / 1_000, entry.toString());
    }
    assertTrue(entries.get(0).phases().micros(Phase.BODY) > 0, entries.toString());
  }
}
