package dev.sluice.fetch;

import static dev.sluice.Answers.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Backoff;
import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.Work;
import dev.sluice.disk.DiskException;
import dev.sluice.disk.FileName;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** From any source to files; the disk scheduler runs in virtual time. */
class FetchTest {
  private final TestScheduler disk = new TestScheduler();
  private final Policy policy =
      Policy.limit(2).withSchedulers(IoSchedulers.shared().withDisk(disk));

  @TempDir Path outside;
  private Folder folder;

  @BeforeEach
  void setUp() {
    folder = Folder.at(outside.resolve("pages"));
  }

  @Test
  void writesADocumentIntoAFile() throws IOException {
    var outcome = fetch(FetchTest::page).downloads().run("a").test();
    disk.triggerActions();

    Path file = folder.path().resolve("a.txt");
    outcome.assertResult(Outcome.success("a", new SavedFile(file, 6)));
    assertEquals("page a", Files.readString(file));
  }

  @Test
  void nothingHappensBeforeTheSubscription() {
    AtomicInteger asked = new AtomicInteger();
    var cold =
        fetch(
                key -> {
                  asked.incrementAndGet();
                  return page(key);
                })
            .downloads()
            .run("a");
    assertEquals(0, asked.get());
    cold.test().assertNoErrors();
    cold.test().assertNoErrors();
    assertEquals(2, asked.get(), "and everything again for the next one");
  }

  @Test
  void onlyASuccessTouchesTheDisk() {
    IOException cause = new IOException("no");
    fetch(key -> Maybe.empty()).downloads().run("a").test().assertResult(Outcome.notFound("a"));
    fetch(key -> Maybe.error(cause))
        .downloads()
        .run("a")
        .test()
        .assertResult(Outcome.failure("a", cause, 1));
    assertFalse(Files.exists(folder.path()));
  }

  @Test
  void aBugEndsTheRun() {
    IllegalStateException bug = new IllegalStateException("bug");
    fetch(key -> Maybe.error(bug))
        .downloadAll(Flowable.just("a", "b"))
        .test()
        .assertFailure(IllegalStateException.class);
    fetch(
            key -> {
              throw bug;
            })
        .downloads()
        .run("a")
        .test()
        .assertError(bug);
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void thePermitIsBackBeforeTheFileIsWritten() {
    var outcomes = fetch(FetchTest::page).downloadAll(Flowable.just("a", "b", "c", "d")).test();

    outcomes.assertNoValues();
    assertEquals(0, policy.limiter().inFlight());
    disk.triggerActions();
    outcomes.assertValueCount(4).assertComplete();
  }

  @Test
  void aSlowDiskHoldsTheSourceBack() {
    AtomicInteger pulled = new AtomicInteger();
    Flowable<String> keys = Flowable.range(0, 100).map(i -> "k" + pulled.incrementAndGet());
    var outcomes = fetch(FetchTest::page).downloadAll(keys).test();

    assertEquals(policy.window().size(), pulled.get());
    disk.triggerActions();
    outcomes.assertValueCount(100).assertComplete();
  }

  @Test
  void disposingBeforeTheWriteLeavesNoFile() {
    fetch(FetchTest::page).downloads().run("a").test().dispose();
    disk.triggerActions();
    assertFalse(Files.exists(folder.path()));
  }

  @Test
  void aDiskFailureIsAFailureOfThatKey() throws IOException {
    Files.createDirectories(folder.path().resolve("b.txt"));
    var outcomes =
        fetch(FetchTest::page).downloads().runInOrder(Flowable.just("a", "b", "c")).test();
    disk.triggerActions();

    outcomes.assertValueCount(3).assertComplete();
    assertInstanceOf(Failure.class, outcomes.values().get(1));
    assertEquals(List.of("a", "b", "c"), outcomes.values().stream().map(Outcome::key).toList());
  }

  @Test
  void aDiskFailureSaysHowManyAttemptsTheNetworkTook() throws IOException {
    Files.createDirectories(folder.path().resolve("a.txt"));
    AtomicInteger asked = new AtomicInteger();
    Policy thrice = policy.withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(Duration.ZERO)));
    var outcome =
        Fetch.of(
                (String key) ->
                    asked.incrementAndGet() < 3
                        ? Maybe.<Document>error(new IOException("busy"))
                        : page(key),
                thrice,
                folder)
            .downloads()
            .run("a")
            .test();
    Await.until(
        () -> {
          disk.triggerActions();
          return !outcome.values().isEmpty();
        },
        "an outcome");
    Failure<?, ?> failure = assertInstanceOf(Failure.class, outcome.values().get(0));
    assertInstanceOf(DiskException.class, failure.cause());
    assertEquals(3, failure.attempts());
  }

  @Test
  void writesOnDiskThreadsByDefault() {
    Fetch<String> fetch = Fetch.of(FetchTest::page, Policy.limit(2), folder);
    var thread = fetch.downloads().run("a").map(o -> Thread.currentThread().getName()).test();
    Await.until(() -> !thread.values().isEmpty(), "an outcome");
    assertTrue(thread.values().get(0).startsWith("sluice-disk-"), thread.values()::toString);
  }

  @Test
  @SuppressWarnings("NullAway") // Callers are not all checked.
  void nullIsRefusedByName() {
    Fetch<String> fetch = fetch(FetchTest::page);
    assertRefused("recipe", () -> Fetch.of(null, policy, folder));
    assertRefused("policy", () -> Fetch.of(FetchTest::page, (Policy) null, folder));
    assertRefused("client", () -> Fetch.of(FetchTest::page, (HttpClient) null, folder));
    assertRefused("folder", () -> Fetch.of(FetchTest::page, policy, null));
    assertRefused("key", () -> fetch.downloads().run(null));
    assertRefused("keys", () -> fetch.downloadAll(null));
    assertRefused("keys", () -> fetch.downloads().runInOrder(null));
    assertRefused("name", () -> new Document(null, new byte[0]));
    assertRefused("content", () -> new Document(FileName.of("a"), null));
  }

  private Fetch<String> fetch(Work<String, Document> recipe) {
    return Fetch.of(recipe, policy, folder);
  }

  private static Maybe<Document> page(String key) {
    return Maybe.just(new Document(FileName.of(key + ".txt"), bytes("page " + key)));
  }

  private static void assertRefused(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }
}
