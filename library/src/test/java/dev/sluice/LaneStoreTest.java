package dev.sluice;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limiters that share rates and pauses, in virtual time. Each stands for a process. */
@Timeout(30)
final class LaneStoreTest {
  private final TestScheduler clock = new TestScheduler();
  private final List<Long> starts = new ArrayList<>();

  /** Counts calls and answers after 3 ms. */
  private static final class CountingStore implements LaneStore {
    private final LaneStore store;
    private final Scheduler timer;
    final AtomicInteger leases = new AtomicInteger();

    CountingStore(Scheduler timer) {
      this.timer = timer;
      store = LaneStore.inMemory(timer);
    }

    @Override
    public Single<Duration> lease(String lane, Rate rate, int permits) {
      leases.incrementAndGet();
      return store.lease(lane, rate, permits).delay(3, MILLISECONDS, timer);
    }

    @Override
    public Completable park(String lane, Duration pause) {
      return store.park(lane, pause).delay(3, MILLISECONDS, timer);
    }

    @Override
    public Single<Map<String, Duration>> pauses() {
      return store.pauses().delay(3, MILLISECONDS, timer);
    }
  }

  private Lanes lanes(LaneStore store, Rate rate) {
    return Lanes.limit(8).withRate(rate).withParking(Duration.ofMinutes(1)).withStore(store);
  }

  private Pipeline<Integer, String> process(Lanes lanes, Work<Integer, String> work) {
    Work<Integer, String> noted =
        key -> {
          starts.add(clock.now(MILLISECONDS));
          return work.attempt(key);
        };
    Policy policy =
        Policy.of(Limiter.of(64, lanes, clock))
            .withSchedulers(IoSchedulers.shared().withTimer(clock))
            .withAttemptTimeout(Policy.FOREVER)
            .withWindow(Window.of(100));
    return Pipeline.of(policy, noted.withLane(key -> "host"));
  }

  private Work<Integer, String> quick() {
    return key -> Maybe.just("done").delay(20, MILLISECONDS, clock);
  }

  /** The most starts in any window of this many milliseconds. */
  private int mostIn(long window) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < starts.size(); last++) {
      while (starts.get(last) - starts.get(first) >= window) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  @Test
  void processesTogetherKeepTheRate() {
    CountingStore store = new CountingStore(clock);
    Lanes lanes = lanes(store, Rate.perSecond(50));
    List<TestSubscriber<Outcome<Integer, String>>> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(process(lanes, quick()).runAll(Flowable.range(0, 250)).test());
    }
    clock.advanceTimeBy(22, SECONDS);
    runs.forEach(run -> run.assertValueCount(250).assertComplete());
    assertTrue(mostIn(1_000) <= 51, () -> "in a second: " + mostIn(1_000));
    assertTrue(mostIn(5_000) <= 251, () -> "in 5 s: " + mostIn(5_000));
    // 20.4 s are ideal.
    assertTrue(starts.get(999) - starts.get(0) < 21_400, () -> "took until " + starts.get(999));
    assertTrue(store.leases.get() < 1_000 / 5, () -> store.leases + " calls for 1000 permits");
  }

  @Test
  void aBurstIsSharedToo() {
    Lanes lanes = lanes(new CountingStore(clock), Rate.perSecond(10).withBurst(5));
    for (int i = 0; i < 3; i++) {
      process(lanes, quick()).runAll(Flowable.range(0, 20)).subscribe();
    }
    clock.advanceTimeBy(8, SECONDS);
    assertEquals(60, starts.size());
    assertTrue(mostIn(1_000) <= 15, () -> "in a second: " + mostIn(1_000));
    assertTrue(mostIn(3_000) <= 35, () -> "in 3 s: " + mostIn(3_000));
  }

  @Test
  void permitsOfAProcessThatEndsAreLostAndNoMore() {
    Lanes lanes = lanes(new CountingStore(clock), Rate.perSecond(50));
    TestSubscriber<Outcome<Integer, String>> survivor =
        process(lanes, quick()).runAll(Flowable.range(0, 150)).test();
    TestSubscriber<Outcome<Integer, String>> killed =
        process(lanes, quick()).runAll(Flowable.range(0, 150)).test();
    clock.advanceTimeBy(1, SECONDS);
    killed.cancel();
    int before = starts.size();
    // Two leases of 200 ms each, and 125 permits in 2.55 s.
    clock.advanceTimeBy(3, SECONDS);
    survivor.assertValueCount(150).assertComplete();
    assertTrue(before > 40, () -> before + " starts in a second");
  }

  /** Few attempts at once that take long: most of the permits would be lost in large leases. */
  @Test
  void aSlowProcessLeasesLittle() {
    CountingStore store = new CountingStore(clock);
    Lanes lanes = lanes(store, Rate.perSecond(50)).withLimit(2);
    Work<Integer, String> slow = key -> Maybe.just("done").delay(1, SECONDS, clock);
    Disposable first = process(lanes, slow).runAll(Flowable.range(0, 60)).subscribe();
    int[] others = new int[1];
    Work<Integer, String> counted =
        key -> {
          others[0]++;
          return Maybe.just("done").delay(5, MILLISECONDS, clock);
        };
    process(lanes, counted).runAll(Flowable.range(0, 1_000)).subscribe();
    clock.advanceTimeBy(20, SECONDS);
    first.dispose();
    assertTrue(others[0] > 850, () -> "the other process had " + others[0] + " permits");
  }

  @Test
  void aPauseThatOneProcessIsToldOfParksAll() {
    Lanes lanes = lanes(new CountingStore(clock), Rate.perSecond(10));
    CountingServer.Refused refused = new CountingServer.Refused(Duration.ofSeconds(5));
    long[] refusedAt = {Long.MAX_VALUE};
    Work<Integer, String> first =
        key -> {
          if (key == 10) {
            refusedAt[0] = clock.now(MILLISECONDS);
            return Maybe.error(refused);
          }
          return quick().attempt(key);
        };
    process(lanes, first).runAll(Flowable.range(0, 50)).subscribe();
    process(lanes, quick()).runAll(Flowable.range(0, 50)).subscribe();
    clock.advanceTimeBy(30, SECONDS);
    assertEquals(100, starts.size());
    List<Long> within =
        starts.stream().filter(at -> at > refusedAt[0] + 320 && at < refusedAt[0] + 5_000).toList();
    assertEquals(List.of(), within, () -> "refused at " + refusedAt[0]);
  }

  @Test
  void aProcessThatBeginsLaterKnowsOfThePause() {
    CountingStore store = new CountingStore(clock);
    store.park("host", Duration.ofSeconds(5)).subscribe();
    Lanes lanes = Lanes.limit(8).withParking(Duration.ofMinutes(1)).withStore(store);
    process(lanes, quick()).runAll(Flowable.range(0, 10)).subscribe();
    clock.advanceTimeBy(4_900, MILLISECONDS);
    assertEquals(List.of(), starts);
    clock.advanceTimeBy(1, SECONDS);
    assertEquals(10, starts.size());
  }

  /** A store whose leases and pauses are made by these suppliers. */
  private record FakeStore(
      Supplier<Single<Duration>> leases, Supplier<Single<Map<String, Duration>>> allPauses)
      implements LaneStore {
    @Override
    public Single<Duration> lease(String lane, Rate rate, int permits) {
      return leases.get();
    }

    @Override
    public Completable park(String lane, Duration pause) {
      return Completable.complete();
    }

    @Override
    public Single<Map<String, Duration>> pauses() {
      return allPauses.get();
    }
  }

  static Stream<FakeStore> storesThatFail() {
    Supplier<Single<Map<String, Duration>>> fine = () -> Single.just(Map.of());
    return Stream.of(
        new FakeStore(() -> Single.error(new IOException("broken")), fine),
        new FakeStore(Single::never, fine),
        new FakeStore(
            () -> {
              throw new IllegalStateException("broken");
            },
            fine),
        new FakeStore(() -> Single.just(Duration.ofDays(1_000)), fine),
        new FakeStore(() -> Single.just(Duration.ofSeconds(-1)), fine),
        new FakeStore(() -> Single.just(Duration.ZERO), Single::never),
        new FakeStore(
            () -> Single.just(Duration.ZERO), () -> Single.error(new LinkageError("broken"))));
  }

  @ParameterizedTest
  @MethodSource("storesThatFail")
  void attemptsFailInTimeIfTheStoreDoes(FakeStore store) {
    TestSubscriber<Outcome<Integer, String>> run =
        process(lanes(store, Rate.perSecond(10)), quick()).runAll(Flowable.range(0, 300)).test();
    clock.advanceTimeBy(29, SECONDS);
    run.assertEmpty();
    clock.advanceTimeBy(8, SECONDS);
    run.assertValueCount(300).assertComplete();
    assertEquals(List.of(), starts);
    for (Outcome<Integer, String> outcome : run.values()) {
      Throwable cause = assertInstanceOf(Failure.class, outcome).cause();
      assertInstanceOf(LaneStoreException.class, cause);
      assertTrue(
          String.valueOf(cause.getMessage()).startsWith("host: its shared limits are not known: "));
    }
  }

  @Test
  void anOutageIsWaitedFor() {
    LaneStore store = LaneStore.inMemory(clock);
    FakeStore failing =
        new FakeStore(
            () ->
                clock.now(SECONDS) < 20
                    ? Single.error(new IOException("down"))
                    : store.lease("host", Rate.perSecond(10), 1),
            store::pauses);
    TestSubscriber<Outcome<Integer, String>> run =
        process(lanes(failing, Rate.perSecond(10)), quick()).runAll(Flowable.range(0, 10)).test();
    clock.advanceTimeBy(25, SECONDS);
    run.assertValueCount(10).assertComplete();
    assertTrue(run.values().stream().allMatch(outcome -> outcome instanceof Success));
  }

  @Test
  void afterALongOutageAttemptsStartAgain() {
    LaneStore store = LaneStore.inMemory(clock);
    FakeStore failing =
        new FakeStore(
            () ->
                clock.now(SECONDS) < 40
                    ? Single.error(new IOException("down"))
                    : store.lease("host", Rate.perSecond(10), 1),
            store::pauses);
    Pipeline<Integer, String> pipeline = process(lanes(failing, Rate.perSecond(10)), quick());
    pipeline.runAll(Flowable.range(0, 10)).subscribe();
    clock.advanceTimeBy(40, SECONDS);
    assertEquals(0, starts.size());
    TestSubscriber<Outcome<Integer, String>> later =
        pipeline
            .runAll(Flowable.intervalRange(0, 5, 0, 2, SECONDS, clock).map(Long::intValue))
            .test();
    clock.advanceTimeBy(15, SECONDS);
    assertInstanceOf(Success.class, later.values().get(4));
  }

  /** The threads of the store are blocked for good, and each call still ends. */
  @Test
  void blockedCallsEndAndHoldFewThreads() throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(StoreCalls.AT_ONCE);
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    List<String> failures = new ArrayList<>();
    StoreCalls calls = new StoreCalls(clock, IoSchedulers.shared().network());
    for (int i = 0; i < 20; i++) {
      calls.start(
          () -> {
            begun.incrementAndGet();
            blocked.countDown();
            end.await();
            return Single.just(1);
          },
          value -> failures.add("answered"),
          e -> failures.add(e.getMessage()));
    }
    blocked.await();
    clock.advanceTimeBy(5, SECONDS);
    assertEquals(20, failures.size());
    assertEquals("no answer of the store within 5s", failures.get(19));
    assertEquals(StoreCalls.AT_ONCE, begun.get());
    end.countDown();
  }

  @Test
  void withoutLanesTheStoreIsLeftAlone() {
    AtomicInteger polls = new AtomicInteger();
    LaneStore store = LaneStore.inMemory(clock);
    FakeStore counting =
        new FakeStore(
            () -> store.lease("host", Rate.perSecond(10), 1),
            () -> {
              polls.incrementAndGet();
              return store.pauses();
            });
    process(lanes(counting, Rate.perSecond(10)), quick()).runAll(Flowable.range(0, 5)).subscribe();
    clock.advanceTimeBy(2, SECONDS);
    int before = polls.get();
    clock.advanceTimeBy(60, SECONDS);
    assertTrue(before > 1);
    assertEquals(before, polls.get());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anOutageDoesNotLastWhileTheStoreIsNotAsked(boolean parks) {
    LaneStore store = LaneStore.inMemory(clock);
    boolean[] down = {true};
    Supplier<Single<Duration>> leases = () -> store.lease("host", Rate.perSecond(50), 1);
    FakeStore failing =
        new FakeStore(
            () -> down[0] ? Single.error(new IOException("down")) : leases.get(),
            () -> down[0] ? Single.error(new IOException("down")) : store.pauses());
    Lanes lanes =
        lanes(failing, Rate.perSecond(50))
            .withParking(parks ? Duration.ofMinutes(1) : Duration.ZERO);
    Pipeline<Integer, String> pipeline = process(lanes, quick());
    TestSubscriber<?> cancelled = pipeline.runAll(Flowable.range(0, 10)).test();
    clock.advanceTimeBy(500, MILLISECONDS);
    cancelled.cancel();
    down[0] = false;
    clock.advanceTimeBy(31, SECONDS);
    TestSubscriber<Outcome<Integer, String>> next = pipeline.runAll(Flowable.range(0, 200)).test();
    clock.advanceTimeBy(60, SECONDS);
    next.assertValueCount(200).assertComplete();
    assertEquals(
        List.of(), next.values().stream().filter(o -> o instanceof Failure).limit(3).toList());
  }

  @Test
  void aLongBurstIsLeasedAndNoMore() {
    LaneStore store = LaneStore.inMemory(clock);
    Rate rate = Rate.of(1, Duration.ofDays(7_300)).withBurst(20);
    for (int i = 0; i < 20; i++) {
      assertEquals(Duration.ZERO, store.lease("host", rate, 1).blockingGet());
    }
    assertEquals(rate.spacing(), store.lease("host", rate, 1).blockingGet());
    assertEquals(Policy.FOREVER, store.lease("host", rate, Integer.MAX_VALUE).blockingGet());
    assertEquals(Policy.FOREVER, store.lease("host", rate, Integer.MAX_VALUE).blockingGet());
  }

  @Test
  void aPauseForGoodLasts() {
    clock.advanceTimeBy(1, SECONDS);
    LaneStore store = LaneStore.inMemory(clock);
    store.park("host", Policy.FOREVER).blockingAwait();
    store.park("other", Duration.ofSeconds(Long.MAX_VALUE)).blockingAwait();
    clock.advanceTimeBy(1_000, DAYS);
    assertEquals(Set.of("host", "other"), store.pauses().blockingGet().keySet());
  }

  /** Bucket by bucket, the store forgets those that are full, and no other. */
  @Test
  void manyLanesAreEachLimited() {
    LaneStore store = LaneStore.inMemory(clock);
    Rate slow = Rate.of(1, Duration.ofHours(1));
    store.lease("slow", slow, 1).blockingGet();
    for (int i = 0; i < 5_000; i++) {
      store.lease("lane" + i, Rate.perSecond(1_000), 1).blockingGet();
      clock.advanceTimeBy(2, MILLISECONDS);
    }
    Duration due = slow.spacing().minusSeconds(10);
    assertEquals(due, store.lease("slow", slow, 1).blockingGet());
  }
}
