package dev.sluice.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.BatchLog;
import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.disk.DiskException;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Small bodies that wait for the disk are written together. The disk runs when a test says so. */
class SmallFilesTest {
  private static final URI BASE = URI.create("http://127.0.0.1/");
  private static final Instant MODIFIED = Instant.parse("2026-11-29T12:00:00Z");

  @TempDir Path folder;
  private final Queue<Runnable> disk = new ConcurrentLinkedQueue<>();
  private final TestScheduler timer = new TestScheduler();
  private HttpClient client;
  private DownloadSetup setup;
  private DownloadNames names;
  private SmallFiles files;

  @BeforeEach
  void setUp() throws IOException {
    IoSchedulers schedulers =
        IoSchedulers.shared().withDisk(Schedulers.from(disk::add)).withTimer(timer);
    Policy policy = Policy.limit(4).withSchedulers(schedulers);
    client = HttpClient.at(BASE, policy, HttpOptions.standard());
    setup = DownloadSetup.of(Folder.at(folder), client).load();
    names = new DownloadNames(setup);
    files = new SmallFiles(setup, names);
  }

  @AfterEach
  void close() {
    client.close();
  }

  private DownloadItem item(int number) throws IOException {
    DownloadItem item = new DownloadItem(Download.of(BASE.resolve(number + ".bin")));
    names.beforeResponse(item);
    return item;
  }

  private static byte[] content(DownloadItem item) {
    return item.toString().getBytes(UTF_8);
  }

  private Single<Outcome<DownloadItem, Downloaded>> saved(DownloadItem item) {
    FileName name = FileName.of(String.valueOf(item.name()));
    byte[] content = content(item);
    FinishedFile finished =
        FinishedFile.of(name, item.url(), Validators.NONE, content.length, MODIFIED, null);
    return files.saved(item, new Arrival.InMemory(name, content, finished));
  }

  private List<TestObserver<Outcome<DownloadItem, Downloaded>>> saveAll(int count)
      throws IOException {
    List<TestObserver<Outcome<DownloadItem, Downloaded>>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(saved(item(i)).test());
    }
    return all;
  }

  private void runDisk() {
    disk.remove().run();
  }

  private void assertWritten(TestObserver<Outcome<DownloadItem, Downloaded>> saved)
      throws IOException {
    Outcome<DownloadItem, Downloaded> outcome = saved.assertComplete().values().get(0);
    Path file = outcome.orElseThrow().file().path();
    assertArrayEquals(content(outcome.key()), Files.readAllBytes(file));
    assertEquals(MODIFIED, Files.getLastModifiedTime(file).toInstant());
    assertEquals(
        String.valueOf(file.getFileName()),
        setup.finished().find(outcome.key().url()).orElseThrow().name());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private long records() throws IOException {
    return Files.readAllLines(folder.resolve(DownloadFixture.RECORDS)).size();
  }

  @Test
  void oneTaskWritesAllThatWait() throws IOException {
    var saved = saveAll(3);
    assertEquals(1, disk.size());
    runDisk();
    for (var each : saved) {
      assertWritten(each);
    }
    assertEquals(3, records());
    assertEquals(List.of(DownloadFixture.RECORDS, "0.bin", "1.bin", "2.bin"), names());
    assertEquals(0, disk.size());
  }

  @Test
  void anotherTaskWritesWhatIsTooMuchForOne() throws IOException {
    var saved = saveAll(40);
    runDisk();
    assertEquals(32, saved.stream().filter(each -> !each.values().isEmpty()).count());
    assertEquals(1, disk.size());
    runDisk();
    for (var each : saved) {
      assertWritten(each);
    }
    assertEquals(40, records());
  }

  @Test
  void allAreInPlaceBeforeTheFirstOutcome() throws IOException {
    List<List<String>> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      var unused = saved(item(i)).subscribe(outcome -> seen.add(names()));
    }
    runDisk();
    List<String> all = List.of(DownloadFixture.RECORDS, "0.bin", "1.bin", "2.bin");
    assertEquals(List.of(all, all, all), seen);
  }

  @Test
  void noFileHasItsNameBeforeItsRecord() throws Exception {
    var saved = saveAll(3);
    Thread writer = new Thread(this::runDisk);
    synchronized (setup.finished()) {
      writer.start();
      Await.until(() -> writer.getState() == Thread.State.BLOCKED, "the records are next");
      List<String> names = names();
      assertEquals(3, names.size());
      assertEquals(List.of(), names.stream().filter(name -> !name.endsWith(".tmp")).toList());
    }
    writer.join();
    for (var each : saved) {
      assertWritten(each);
    }
  }

  @Test
  void whatFollowsAnOutcomeMayBeTheNextBody() throws IOException {
    DownloadItem next = item(1);
    var both = saved(item(0)).flatMap(outcome -> saved(next)).test();
    runDisk();
    assertEquals(1, disk.size());
    runDisk();
    assertWritten(both);
  }

  @Test
  void aFileThatCannotBePlacedFailsAlone() throws IOException {
    Files.createDirectory(folder.resolve("1.bin"));
    DownloadItem failing = item(1);
    var first = saved(item(0)).test();
    var failed = saved(failing).test();
    var last = saved(item(2)).test();
    runDisk();
    assertWritten(first);
    assertWritten(last);
    failed.assertError(DiskException.class);
    assertNull(failing.name(), "its name is free");
    // The record of a file comes before its name.
    assertEquals(3, records());
    assertEquals(List.of(DownloadFixture.RECORDS, "0.bin", "1.bin", "2.bin"), names());
  }

  @Test
  void aBodyThatCannotBeStagedHasNoRecord() throws IOException {
    Files.delete(folder);
    Files.createFile(folder);
    var failed = saved(item(0)).test();
    runDisk();
    failed.assertError(DiskException.class);
    Files.delete(folder);
    var saved = saved(item(1)).test();
    runDisk();
    assertWritten(saved);
    assertEquals(1, records());
  }

  @Test
  void aCancelledBodyIsNotWritten() throws IOException {
    var saved = saveAll(3);
    saved.get(1).dispose();
    runDisk();
    assertWritten(saved.get(0));
    assertWritten(saved.get(2));
    saved.get(1).assertEmpty();
    assertEquals(2, records());
    assertEquals(List.of(DownloadFixture.RECORDS, "0.bin", "2.bin"), names());
  }

  /** A pipeline may run several streams; the subscriber of one of them never returns. */
  @Test
  void aSubscriberThatBlocksKeepsNoOtherOutcome() throws Throwable {
    CountDownLatch never = new CountDownLatch(1);
    var blocked = saved(item(9)).subscribe(outcome -> never.await());
    var others = saveAll(3);
    othersGoOn(
        never,
        () -> {
          for (var each : others) {
            assertWritten(each);
          }
        });
    assertTrue(blocked.isDisposed());
  }

  private Pipeline<DownloadItem, Downloaded> pipeline() {
    return Pipeline.<DownloadItem, DownloadItem>of(Policy.limit(20), Maybe::just)
        .then(outcome -> saved(outcome.key()));
  }

  private List<DownloadItem> items(int from, int count) throws IOException {
    List<DownloadItem> items = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      items.add(item(i));
    }
    return items;
  }

  @Test
  void outcomesOfFilesThatAreWrittenTogetherAreRecordedTogether() throws IOException {
    BatchLog log = new BatchLog();
    List<DownloadItem> items = items(0, 3);
    var outcomes =
        pipeline()
            .journalled(log, (outcome, timings) -> String.valueOf(outcome.key().name()))
            .runAll(Flowable.fromIterable(items))
            .test();
    runDisk();
    outcomes.assertValueCount(3).assertComplete();
    assertEquals(List.of(List.of("0.bin", "1.bin", "2.bin")), log.batches);
  }

  @Test
  void aSubscriberThatBlocksKeepsNoOtherOutcomeOfAJournalledRun() throws Throwable {
    BatchLog log = new BatchLog();
    var journalled = pipeline().journalled(log, (outcome, timings) -> "recorded");
    CountDownLatch never = new CountDownLatch(1);
    var blocked = journalled.run(item(9)).subscribe(outcome -> never.await());
    var others = journalled.runAll(Flowable.fromIterable(items(0, 3))).test();
    othersGoOn(never, others::assertComplete);
    assertTrue(blocked.isDisposed());
    assertEquals(4, log.batches.stream().mapToInt(List::size).sum());
  }

  /** Those before it in the row wait to be recorded, those after it to be emitted at all. */
  @Test
  void aStepThatBlocksBeforeTheJournalKeepsNoOtherOutcome() throws Throwable {
    BatchLog log = new BatchLog();
    CountDownLatch never = new CountDownLatch(1);
    List<DownloadItem> items = items(0, 4);
    var journalled =
        pipeline()
            .then(
                (item, value) -> {
                  if (item.equals(items.get(2))) {
                    never.await();
                  }
                  return Single.just(value);
                })
            .journalled(log, (outcome, timings) -> "recorded");
    var blocked = journalled.run(items.get(2));
    var others = journalled.runAll(Flowable.just(items.get(0), items.get(1))).test();
    var last = blocked.test();
    var after = journalled.run(items.get(3)).test();
    othersGoOn(never, others::assertComplete);
    after.assertValueCount(1);
    last.assertValueCount(1);
    assertEquals(4, log.batches.stream().mapToInt(List::size).sum());
  }

  @Test
  void theTimerEmitsNothingOfALaterRow() throws Throwable {
    var journalled = pipeline().journalled(new BatchLog(), (outcome, timings) -> "recorded");
    CountDownLatch never = new CountDownLatch(1);
    var blocked = journalled.run(item(0)).subscribe(outcome -> never.await());
    var relieved = journalled.run(item(1)).test();
    othersGoOn(never, relieved::assertComplete);
    assertTrue(blocked.isDisposed());

    TestObserver<Outcome<DownloadItem, Downloaded>> second = new TestObserver<>();
    List<Integer> meanwhile = new ArrayList<>();
    var first =
        journalled
            .run(item(2))
            .subscribe(
                outcome -> {
                  timer.advanceTimeBy(1, SECONDS);
                  meanwhile.add(second.values().size());
                });
    journalled.run(item(3)).subscribe(second);
    runDisk();
    assertTrue(first.isDisposed());
    assertEquals(List.of(0), meanwhile);
    second.assertComplete();
  }

  private void othersGoOn(CountDownLatch never, Executable assertion) throws Throwable {
    Thread writer = new Thread(this::runDisk);
    writer.start();
    Await.until(() -> writer.getState() == Thread.State.WAITING, "foreign code blocks");
    timer.advanceTimeBy(10, MILLISECONDS);
    runDisk();
    assertion.execute();
    never.countDown();
    writer.join();
  }
}
