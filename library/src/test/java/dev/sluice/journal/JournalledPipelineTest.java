package dev.sluice.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.IoSchedulers;
import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.OutcomeLog;
import dev.sluice.Phase;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Retry;
import dev.sluice.RetryHint;
import dev.sluice.Window;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes and their times in a journal, and the runs that go on from one. In virtual time. */
@Timeout(30)
final class JournalledPipelineTest {
  private static final JournalCodec<String, String> CODEC = JournalCodec.ofText();

  @TempDir Path folder;
  private final TestScheduler clock = new TestScheduler();
  private final Map<String, JournalEntry> entries = new TreeMap<>();
  private final OutcomeLog<JournalEntry> log = entry -> entries.put(entry.key(), entry);

  private static final class Final extends IOException implements RetryHint {
    private static final long serialVersionUID = 1L;

    Final() {
      super("never");
    }

    @Override
    public boolean isTransient() {
      return false;
    }
  }

  private Policy policy(Limiter limiter) {
    return Policy.of(limiter)
        .withSchedulers(IoSchedulers.shared().withTimer(clock))
        .withAttemptTimeout(Policy.FOREVER)
        .withWindow(Window.of(1_000));
  }

  /** Each attempt takes so many seconds. */
  private Work<String, String> lasting(long seconds) {
    return key -> Maybe.just(key).delay(seconds, SECONDS, clock);
  }

  private JournalEntry entry(String key) {
    JournalEntry entry = entries.get(key);
    assertTrue(entry != null, () -> key + " in " + entries.keySet());
    return entry;
  }

  private static Map<Phase, Long> seconds(JournalEntry entry) {
    Map<Phase, Long> seconds = new TreeMap<>();
    entry.phases().of().forEach((phase, time) -> seconds.put(phase, time.toSeconds()));
    return seconds;
  }

  /** Fails the keys that begin with "bad" once, with "never" for good, and finds no "no". */
  private static Work<String, String> work(List<String> asked) {
    return key -> {
      asked.add(key);
      if (key.startsWith("bad")) {
        return Maybe.error(new IOException(key + ": not now"));
      }
      if (key.startsWith("never")) {
        return Maybe.error(new Final());
      }
      return key.startsWith("no") ? Maybe.empty() : Maybe.just(key);
    };
  }

  /** Without lanes, the lane of a key is only noted; to name it is foreign code all the same. */
  @Test
  void aBugOfTheLaneEndsTheRun() {
    IllegalStateException bug = new IllegalStateException("no lane");
    Pipeline.of(
            Policy.limit(1),
            lasting(1)
                .withLane(
                    key -> {
                      throw bug;
                    }))
        .journalled((String entry) -> {}, (outcome, timings) -> outcome.key())
        .runAll(Flowable.just("a"))
        .test()
        .assertFailure(IllegalStateException.class);
  }

  @Test
  void aWaitForThePermitsOfTheLimiter() {
    Pipeline.of(policy(Limiter.of(1)), lasting(2))
        .journalled(log, CODEC)
        .runAll(Flowable.just("a", "b", "c"))
        .test();
    clock.advanceTimeBy(10, SECONDS);
    assertEquals(Map.of(Phase.ATTEMPT, 2L), seconds(entry("a")));
    assertEquals(Map.of(Phase.PERMIT, 4L, Phase.ATTEMPT, 2L), seconds(entry("c")));
    assertEquals(ofSeconds(6), entry("c").took());
    assertEquals(1, entry("c").permits());
  }

  /** The wall clock stands still here, as one does that is set back while a run goes on. */
  @Test
  void startsOfARunFollowTheTimerAndNotTheWallClock() {
    Pipeline.of(policy(Limiter.of(1)).withWindow(Window.of(1)), lasting(3_600))
        .journalled(log, CODEC)
        .runAll(Flowable.just("a", "b"))
        .test();
    clock.advanceTimeBy(2, HOURS);
    assertEquals(entry("a").start().plus(ofHours(1)), entry("b").start());
  }

  @Test
  void aWaitForThePermitsOfALane() {
    Limiter limiter = Limiter.of(10, Lanes.limit(2), clock);
    Pipeline.of(policy(limiter), lasting(3).withLane(key -> "h1"))
        .journalled(log, CODEC)
        .runAll(Flowable.just("a", "b", "c"))
        .test();
    clock.advanceTimeBy(10, SECONDS);
    assertEquals(Map.of(Phase.LANE, 3L, Phase.ATTEMPT, 3L), seconds(entry("c")));
    assertEquals("h1", entry("c").lane());
    assertEquals(2, entry("c").permits());
  }

  @Test
  void aWaitForTheRateOfALane() {
    Limiter limiter = Limiter.of(10, Lanes.limit(10).withRate(Rate.of(1, ofSeconds(5))), clock);
    Pipeline.of(policy(limiter), lasting(1).withLane(key -> "h1"))
        .journalled(log, CODEC)
        .runAll(Flowable.just("a", "b"))
        .test();
    clock.advanceTimeBy(20, SECONDS);
    // The first attempt of a lane counts from its answer, after a second.
    assertEquals(Map.of(Phase.RATE, 6L, Phase.ATTEMPT, 1L), seconds(entry("b")));
  }

  @Test
  void aWaitForTheRateOfAllLanes() {
    Lanes lanes = Lanes.limit(10).withTotalRate(Rate.of(1, ofSeconds(5)));
    Pipeline.of(policy(Limiter.of(10, lanes, clock)), lasting(1).withLane(key -> key))
        .journalled(log, CODEC)
        .runAll(Flowable.just("a", "b"))
        .test();
    clock.advanceTimeBy(20, SECONDS);
    assertEquals(Map.of(Phase.RATE, 5L, Phase.ATTEMPT, 1L), seconds(entry("b")));
  }

  @Test
  void aWaitBetweenAttemptsAndAStepAfterThem() {
    AtomicInteger attempts = new AtomicInteger();
    Work<String, String> work =
        key ->
            attempts.incrementAndGet() < 3
                ? Maybe.<String>error(new IOException("busy")).delay(1, SECONDS, clock, true)
                : Maybe.just(key).delay(1, SECONDS, clock);
    Policy policy =
        policy(Limiter.of(1)).withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(ofSeconds(7))));
    Pipeline.of(policy, work)
        .then((key, value) -> Single.just(value).delay(4, SECONDS, clock))
        .journalled(log, CODEC)
        .run("a")
        .test();
    clock.advanceTimeBy(60, SECONDS);
    assertEquals(
        Map.of(Phase.BACKOFF, 14L, Phase.ATTEMPT, 3L, Phase.DISK, 4L), seconds(entry("a")));
    assertEquals(3, entry("a").attempts());
    assertEquals(ofSeconds(21), entry("a").took());
  }

  @Test
  void anItemTimeoutNamesTheWaitThatItEnds() {
    Limiter limiter = Limiter.of(10, Lanes.limit(1), clock);
    Pipeline.of(policy(limiter), lasting(60).withLane(key -> "h1")).run("holds the permit").test();
    Pipeline.of(policy(limiter).withItemTimeout(ofSeconds(5)), lasting(1).withLane(key -> "h1"))
        .journalled(log, CODEC)
        .run("a")
        .test();
    clock.advanceTimeBy(60, SECONDS);
    assertEquals(Map.of(Phase.LANE, 5L), seconds(entry("a")));
    JournalError error = entry("a").error();
    assertEquals("DeadlineException", error == null ? "" : error.kind());
  }

  @Test
  void anItemTimeoutCountsTheBackoffThatItEnds() {
    Policy policy =
        policy(Limiter.of(1))
            .withItemTimeout(ofSeconds(5))
            .withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(ofSeconds(7))));
    Work<String, String> work =
        key -> Maybe.<String>error(new IOException("busy")).delay(1, SECONDS, clock, true);
    Pipeline.of(policy, work).journalled(log, CODEC).run("a").test();
    clock.advanceTimeBy(20, SECONDS);
    assertEquals(Map.of(Phase.ATTEMPT, 1L, Phase.BACKOFF, 4L), seconds(entry("a")));
  }

  @Test
  void anErrorThatComesTooLateIsRecordedWithItsKey() throws IOException {
    List<Throwable> undeliverable = new ArrayList<>();
    RxJavaPlugins.setErrorHandler(undeliverable::add);
    List<MaybeObserver<? super String>> deaf = new ArrayList<>();
    Work<String, String> work =
        key ->
            new Maybe<>() {
              @Override
              protected void subscribeActual(MaybeObserver<? super String> observer) {
                observer.onSubscribe(Disposable.empty());
                deaf.add(observer);
              }
            };
    Path path = folder.resolve("run.ndjson");
    IllegalStateException bug = new IllegalStateException("a bug");
    try (Journal journal = Journal.open(path)) {
      Pipeline.of(policy(Limiter.of(1)).withItemTimeout(ofSeconds(1)), work)
          .journalled(journal, CODEC)
          .run("a")
          .test();
      clock.advanceTimeBy(1, SECONDS);
      deaf.get(0).onError(bug);
    }
    assertEquals(List.of(bug), undeliverable);
    List<JournalEntry> lines = Journal.read(path).toList().blockingGet();
    assertEquals(JournalVerdict.FAILURE, lines.get(0).verdict());
    assertEquals(JournalVerdict.LATE_ERROR, lines.get(1).verdict());
    assertEquals("a", lines.get(1).key());
    assertEquals(new JournalError("IllegalStateException", "a bug", false), lines.get(1).error());
    JournalIndex.of(path).retryable(CODEC).test().assertResult("a");
  }

  @Test
  void resumeAsksForExactlyWhatIsNotDoneAndVerified() throws IOException {
    Path path = folder.resolve("run.ndjson");
    Path kept = Files.writeString(folder.resolve("kept"), "12345", UTF_8);
    Path cut = Files.writeString(folder.resolve("cut"), "12345", UTF_8);
    Path removed = Files.writeString(folder.resolve("removed"), "12345", UTF_8);
    JournalCodec<String, String> codec =
        CODEC.withValues(value -> ValueNotes.NONE.withFile(folder.resolve(value), 5));
    List<String> keys = List.of("kept", "cut", "removed", "no", "bad", "never", "bad2");
    try (Journal journal = Journal.open(path)) {
      Pipeline.of(Policy.limit(2), work(new ArrayList<>()))
          .journalled(journal, codec)
          .runAll(Flowable.fromIterable(keys))
          .test()
          .assertValueCount(7);
      // The last line of a key counts.
      Work<String, String> keeps = key -> Maybe.just("kept");
      Pipeline.of(Policy.limit(2), keeps)
          .journalled(journal, codec)
          .runAll(Flowable.just("bad2"))
          .test()
          .assertValueCount(1);
    }
    Files.writeString(cut, "1", UTF_8);
    Files.delete(removed);

    JournalIndex index = JournalIndex.of(path);
    index
        .remaining(Flowable.fromIterable(keys).concatWith(Flowable.just("new")), codec)
        .test()
        .assertResult("cut", "removed", "bad", "never", "new");
    index.retryable(codec).test().assertResult("bad");
    assertTrue(Files.exists(kept));
    assertEquals(7, index.size());
    assertEquals(5, index.done());
  }

  @Test
  void withoutAJournalAllKeysRemain() throws IOException {
    JournalIndex index = JournalIndex.of(folder.resolve("absent"));
    index.remaining(Flowable.just("a"), CODEC).test().assertResult("a");
    index.retryable(CODEC).test().assertResult();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is a device of Linux")
  void asManyOutcomesAsKeysWhenTheJournalFails() throws IOException {
    Path path = folder.resolve("run.ndjson");
    Files.createSymbolicLink(path, Path.of("/dev/full"));
    List<String> asked = new ArrayList<>();
    List<Outcome<String, String>> outcomes = new ArrayList<>();
    try (Journal journal = Journal.open(path)) {
      Pipeline.of(Policy.limit(1), work(asked))
          .journalled(journal, CODEC)
          .runAll(Flowable.just("a", "no", "bad", "b"))
          .blockingForEach(outcomes::add);
    }
    assertEquals(4, outcomes.size());
    for (Outcome<String, String> outcome : outcomes) {
      Failure<?, ?> failure = assertInstanceOf(Failure.class, outcome);
      assertInstanceOf(JournalException.class, failure.cause());
    }
    assertEquals(List.of("a"), asked);
  }

  @Test
  void theLineIsThereBeforeTheOutcome() throws IOException {
    Path path = folder.resolve("run.ndjson");
    try (Journal journal = Journal.open(path)) {
      Pipeline.of(Policy.limit(1), work(new ArrayList<>()))
          .journalled(journal, CODEC)
          .runAll(Flowable.just("a", "no", "bad"))
          .scan(0L, (count, outcome) -> count + 1)
          .blockingForEach(count -> assertTrue(Journal.read(path).count().blockingGet() >= count));
    }
  }
}
