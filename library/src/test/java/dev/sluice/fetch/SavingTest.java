package dev.sluice.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.BatchLog;
import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Values that wait for the disk, which runs when a test says so. A value is its key. */
@Timeout(60)
class SavingTest {
  @TempDir Path folder;
  private final Queue<Runnable> disk = new ConcurrentLinkedQueue<>();
  private final TestScheduler timer = new TestScheduler();
  private final BatchLog log = new BatchLog();
  private final CountDownLatch never = new CountDownLatch(1);

  private Pipeline<Integer, Saved<Integer>> pipeline(
      Scheduler disk, BiFunction<Integer, Integer, Document> document) {
    return pipeline(IoSchedulers.shared().withDisk(disk).withTimer(timer), document);
  }

  private Pipeline<Integer, Saved<Integer>> pipeline(
      IoSchedulers schedulers, BiFunction<Integer, Integer, Document> document) {
    return Pipeline.<Integer, Integer>of(Policy.limit(40), Maybe::just)
        .then(Saving.of(document, Folder.at(folder), schedulers));
  }

  private Pipeline<Integer, Saved<Integer>> journalled(
      BiFunction<Integer, Integer, Document> document) {
    return pipeline(Schedulers.from(disk::add), document)
        .journalled(log, (outcome, timings) -> outcome.key().toString());
  }

  private static Document document(int key, int value) {
    return new Document(FileName.of(key + ".txt"), Integer.toString(value).getBytes(UTF_8));
  }

  /** One of them is never made. */
  private Document blockedAt(int blocked, int key) {
    if (key == blocked) {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return document(key, key);
  }

  private void runDisk() {
    disk.remove().run();
  }

  private void runWholeDisk() {
    while (!disk.isEmpty()) {
      runDisk();
    }
  }

  private static List<Boolean> successes(
      TestSubscriber<Outcome<Integer, Saved<Integer>>> outcomes) {
    return outcomes.assertComplete().values().stream()
        .map(outcome -> outcome instanceof Outcome.Success)
        .toList();
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  @Test
  void outcomesOfFilesThatWaitTogetherAreRecordedTogether() throws IOException {
    var outcomes = journalled(SavingTest::document).runAll(Flowable.just(1, 2, 3)).test();
    runDisk();
    outcomes.assertValueCount(3).assertComplete();
    assertEquals(List.of(List.of("1", "2", "3")), log.batches);
    assertEquals("2", Files.readString(folder.resolve("2.txt")));
  }

  @Test
  void anotherTaskWritesWhatIsTooMuchForOne() throws IOException {
    var outcomes = journalled(SavingTest::document).runAll(Flowable.range(0, 40)).test();
    runDisk();
    outcomes.assertValueCount(32);
    assertEquals(32, files());
    runWholeDisk();
    outcomes.assertValueCount(40).assertComplete();
  }

  @Test
  void aFileThatCannotBeWrittenFailsAlone() throws IOException {
    Files.createDirectory(folder.resolve("2.txt"));
    var outcomes = journalled(SavingTest::document).runAll(Flowable.just(1, 2, 3)).test();
    runDisk();
    assertEquals(List.of(true, false, true), successes(outcomes));
    assertEquals(3, files());
  }

  @Test
  void aDocumentThatBlocksKeepsNoLaterValue() throws InterruptedException {
    var outcomes =
        journalled((key, value) -> blockedAt(1, key)).runAll(Flowable.just(1, 2, 3)).test();
    Thread writer = blockedWriter();
    runDisk();
    outcomes.assertValueCount(2);
    release(writer);
    outcomes.assertValueCount(3).assertComplete();
  }

  @Test
  void aDocumentThatBlocksKeepsNoEarlierOutcome() throws InterruptedException {
    var outcomes =
        journalled((key, value) -> blockedAt(3, key)).runAll(Flowable.just(1, 2, 3)).test();
    Thread writer = blockedWriter();
    runDisk();
    outcomes.assertEmpty();
    timer.advanceTimeBy(10, MILLISECONDS);
    runDisk();
    outcomes.assertValueCount(2);
    assertEquals(List.of(List.of("1", "2")), log.batches);
    release(writer);
    outcomes.assertValueCount(3).assertComplete();
  }

  @Test
  void anEarlierOutcomeDoesNotWaitForTheOnlyThreadOfTheDisk() throws InterruptedException {
    var outcomes =
        journalled((key, value) -> blockedAt(3, key)).runAll(Flowable.just(1, 2, 3)).test();
    Thread writer = blockedWriter();
    timer.advanceTimeBy(1, SECONDS);
    outcomes.assertEmpty();
    timer.advanceTimeBy(10, MILLISECONDS);
    outcomes.assertValueCount(2);
    release(writer);
    runWholeDisk();
    outcomes.assertValueCount(3).assertComplete();
    assertEquals(List.of(List.of("1", "2"), List.of("3")), log.batches);
  }

  @Test
  void anInterruptOfOneDocumentIsNotThatOfTheNext() {
    var outcomes =
        journalled(
                (key, value) -> {
                  if (key == 1) {
                    Thread.currentThread().interrupt();
                  }
                  return document(key, value);
                })
            .runAll(Flowable.just(1, 2, 3))
            .test();
    runDisk();
    assertEquals(List.of(false, true, true), successes(outcomes));
  }

  private Thread blockedWriter() {
    Thread writer = new Thread(this::runDisk);
    writer.start();
    Await.until(() -> writer.getState() == Thread.State.WAITING, "the document blocks");
    return writer;
  }

  private void release(Thread writer) throws InterruptedException {
    never.countDown();
    writer.join();
  }

  @Test
  void manyDiskThreadsWriteAtOnce() {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    CountDownLatch all = new CountDownLatch(20);
    pipeline(
            Schedulers.from(threads),
            (key, value) -> {
              all.countDown();
              assertTrue(awaits(all), "all at once");
              return document(key, value);
            })
        .runAll(Flowable.range(0, 20))
        .test()
        .awaitDone(30, SECONDS)
        .assertValueCount(20)
        .assertComplete();
    threads.shutdown();
  }

  private static boolean awaits(CountDownLatch latch) {
    try {
      return latch.await(20, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void aCancellationInterruptsTheDocumentUnderWayAndNothingElse() throws Exception {
    var saved = journalled((key, value) -> blockedAt(2, key));
    var cancelled = saved.run(2).test();
    Thread writer =
        new Thread(
            () -> {
              runDisk();
              disk.add(() -> log.batches.add(List.of("interrupted " + Thread.interrupted())));
              runDisk();
            });
    writer.start();
    Await.until(() -> writer.getState() == Thread.State.WAITING, "the document blocks");
    cancelled.dispose();
    writer.join();
    cancelled.assertEmpty();
    assertEquals(0, files());
    assertEquals(List.of(List.of("interrupted false")), log.batches);
  }

  @Test
  void aCancelledValueIsNotWritten() throws IOException {
    var saved = journalled(SavingTest::document);
    var cancelled = saved.run(1).test();
    var other = saved.run(2).test();
    cancelled.dispose();
    runWholeDisk();
    cancelled.assertEmpty();
    other.assertValueCount(1);
    assertFalse(Files.exists(folder.resolve("1.txt")));
    assertEquals(1, files());
  }

  @Test
  void aDiskThatRefusesWorkIsTheThreadOfTheValue() throws IOException {
    // What is refused also goes to the global handler.
    Queue<Throwable> reported = new ConcurrentLinkedQueue<>();
    RxJavaPlugins.setErrorHandler(reported::add);
    try {
      pipeline(Schedulers.from(SavingTest::refuse), SavingTest::document)
          .runAll(Flowable.just(1, 2, 3))
          .test()
          .assertValueCount(3)
          .assertComplete();
    } finally {
      RxJavaPlugins.setErrorHandler(null);
    }
    assertEquals(3, files());
    assertFalse(reported.isEmpty());
    reported.forEach(e -> assertInstanceOf(RejectedExecutionException.class, e.getCause()));
  }

  private static void refuse(Runnable task) {
    throw new RejectedExecutionException("shut down");
  }

  @Test
  void aTimerWithoutAThreadDelaysNothing() {
    Scheduler timer =
        new Scheduler() {
          @Override
          public Worker createWorker() {
            throw new OutOfMemoryError("unable to create native thread");
          }
        };
    IoSchedulers schedulers = IoSchedulers.shared().withDisk(Schedulers.from(disk::add));
    var outcomes =
        pipeline(schedulers.withTimer(timer), SavingTest::document)
            .runAll(Flowable.just(1, 2, 3))
            .test();
    runDisk();
    outcomes.assertValueCount(3).assertComplete();
  }

  @Test
  void aDiskThatWritesAtOnceDoesNotFillTheStack() {
    pipeline(Schedulers.from(Runnable::run), (key, value) -> document(0, key))
        .runAll(Flowable.range(0, 20_000))
        .count()
        .test()
        .assertValue(20_000L);
  }
}
