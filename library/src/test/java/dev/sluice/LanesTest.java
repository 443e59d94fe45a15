package dev.sluice;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.LimiterUsage.Circuit;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Limits of lanes, in virtual time, at a server that counts. */
@Timeout(30)
final class LanesTest {
  private final TestScheduler clock = new TestScheduler();

  private Policy policy(Limiter limiter) {
    return Policy.of(limiter)
        .withSchedulers(IoSchedulers.shared().withTimer(clock))
        .withAttemptTimeout(Policy.FOREVER);
  }

  private static String host(int key) {
    return "host" + key % 20;
  }

  /** Subscribes and moves the time on until the end; returns how long that took. */
  private <T> Duration run(Flowable<T> stream, List<? super T> results) {
    AtomicBoolean done = new AtomicBoolean();
    long began = clock.now(MILLISECONDS);
    stream.doOnTerminate(() -> done.set(true)).subscribe(results::add);
    while (!done.get()) {
      clock.advanceTimeBy(1, MILLISECONDS);
    }
    return Duration.ofMillis(clock.now(MILLISECONDS) - began);
  }

  private static Lanes perHost() {
    return Lanes.limit(2).withRate(Rate.perSecond(10)).withParking(Duration.ofMinutes(1));
  }

  private <K, V> Pipeline<K, V> pipeline(Limiter limiter, Work<K, V> work) {
    return Pipeline.of(policy(limiter).withRetry(Retry.upTo(3)).withWindow(Window.of(1_000)), work);
  }

  private static void assertAllSucceeded(int count, List<? extends Outcome<?, ?>> outcomes) {
    assertEquals(count, outcomes.size());
    assertTrue(outcomes.stream().allMatch(outcome -> outcome instanceof Success), "all succeeded");
  }

  @Test
  void aLaneMayHaveARateOfItsOwn() {
    Lanes lanes = perHost().withRates(lane -> lane.equals("host1") ? Rate.perSecond(100) : null);
    assertEquals(Rate.perSecond(100), lanes.rate("host1"));
    assertEquals(Rate.perSecond(10), lanes.rate("host2"));
    assertEquals(
        "2 at once and 10/s a lane, some lanes at rates of their own, parked for at most 1m",
        lanes.toString());
    Limiter limiter = Limiter.of(64, lanes, clock);
    Work<Integer, String> work = key -> Maybe.just("done");
    Work<Integer, String> hosts = work.withLane(key -> "host" + (1 + key % 2));
    long[] ended = new long[2];
    Flowable<Outcome<Integer, String>> all =
        pipeline(limiter, hosts)
            .runAll(Flowable.range(0, 200))
            .doOnNext(done -> ended[done.key() % 2] = clock.now(MILLISECONDS));
    run(all, new ArrayList<>());
    // 99 intervals of 10 and of 100 ms, each with its margin of 2 %.
    assertEquals(1_010, (double) ended[0], 5);
    assertEquals(10_098, (double) ended[1], 5);
  }

  /** Of the user's: the rates, and the hash code of a lane. */
  @Test
  void anExceptionOfALaneEndsTheRun() {
    Lanes faulty =
        perHost()
            .withRates(
                lane -> {
                  throw new IllegalStateException("no rate of " + lane);
                });
    Object lane =
        new Object() {
          @Override
          public int hashCode() {
            throw new IllegalStateException("no hash code");
          }
        };
    for (Limiter limiter : List.of(Limiter.of(4, faulty, clock), Limiter.of(4, perHost(), clock))) {
      Work<Integer, Integer> work = Maybe::just;
      Flowable.range(0, 3)
          .compose(pipeline(limiter, work.withLane(key -> lane))::runAll)
          .test()
          .assertFailure(IllegalStateException.class);
      assertEquals(0, limiter.inFlight());
    }
  }

  @Test
  void twentyHostsAtTenASecond() {
    CountingServer server =
        new CountingServer(clock, 10, Duration.ofSeconds(1), Duration.ofMillis(20));
    Limiter limiter = Limiter.of(64, perHost(), clock);
    Work<Integer, String> work = key -> server.ask(host(key));
    List<Outcome<Integer, String>> outcomes = new ArrayList<>();
    Duration took =
        run(
            pipeline(limiter, work.withLane(LanesTest::host)).runAll(Flowable.range(0, 10_000)),
            outcomes);
    assertAllSucceeded(10_000, outcomes);
    for (int host = 0; host < 20; host++) {
      assertEquals(0, server.host(host(host)).refused);
      assertEquals(500, server.host(host(host)).accepted);
    }
    // Ideal are 49.9 s: 500 requests a host, one each 100 ms.
    assertTrue(took.compareTo(Duration.ofMillis(52_395)) <= 0, () -> "took " + took);
  }

  /** The network delays each request by up to 10 ms, at a server with the very rate of the lane. */
  @Test
  void jitterOfTheNetworkEarnsNoRefusal() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      CountingServer server =
          new CountingServer(clock, 10, Duration.ofSeconds(1), Duration.ofMillis(20));
      Limiter limiter = Limiter.of(64, perHost(), clock);
      Work<Integer, String> work =
          key ->
              Maybe.timer(random.nextInt(10), MILLISECONDS, clock)
                  .flatMap(after -> server.ask(host(key)));
      // Windows of the server begin at any time.
      clock.advanceTimeBy(random.nextInt(1_000), MILLISECONDS);
      assertNoRefusal(server, limiter, work);
    }
  }

  /** A hundred requests to each of 20 hosts, at most a twentieth slower than the rate allows. */
  private void assertNoRefusal(CountingServer server, Limiter limiter, Work<Integer, String> work) {
    List<Outcome<Integer, String>> outcomes = new ArrayList<>();
    Duration took =
        run(
            pipeline(limiter, work.withLane(LanesTest::host)).runAll(Flowable.range(0, 2_000)),
            outcomes);
    assertAllSucceeded(2_000, outcomes);
    for (int host = 0; host < 20; host++) {
      assertEquals(0, server.host(host(host)).refused);
    }
    assertTrue(took.compareTo(Duration.ofMillis(10_500)) <= 0, () -> "took " + took);
  }

  /** As on a loaded machine: each delayed task is 5 ms late. */
  private static final class LateTimer extends Scheduler {
    private final Scheduler timer;

    LateTimer(Scheduler timer) {
      this.timer = timer;
    }

    @Override
    public long now(TimeUnit unit) {
      return timer.now(unit);
    }

    @Override
    public Disposable scheduleDirect(Runnable task, long delay, TimeUnit unit) {
      return timer.scheduleDirect(task, unit.toMillis(delay) + (delay > 0 ? 5 : 0), MILLISECONDS);
    }

    @Override
    public Worker createWorker() {
      return timer.createWorker();
    }
  }

  @Test
  void lateWakeUpsDoNotAddUp() {
    CountingServer server =
        new CountingServer(clock, 10, Duration.ofSeconds(1), Duration.ofMillis(20));
    Limiter limiter = Limiter.of(64, perHost(), new LateTimer(clock));
    Work<Integer, String> work = key -> server.ask("host");
    TestSubscriber<Outcome<Integer, String>> outcomes =
        pipeline(limiter, work.withLane(key -> "host")).runAll(Flowable.range(0, 100)).test();
    // 99 intervals of 102 ms, the time of two answers, and one delay.
    clock.advanceTimeBy(99 * 102 + 2 * 20 + 5, MILLISECONDS);
    outcomes.assertValueCount(100).assertComplete();
    assertEquals(0, server.host("host").refused);
  }

  /** The first connection to a host takes 300 ms, and what is asked meanwhile comes after that. */
  @Test
  void aSlowFirstConnectionEarnsNoRefusal() {
    for (int offset = 0; offset < 1_000; offset += 50) {
      CountingServer server =
          new CountingServer(clock, 10, Duration.ofSeconds(1), Duration.ofMillis(20));
      Limiter limiter = Limiter.of(64, Lanes.limit(4).withRate(Rate.perSecond(10)), clock);
      // Windows of the server begin at any time.
      clock.advanceTimeBy(1_000 - clock.now(MILLISECONDS) % 1_000 + offset, MILLISECONDS);
      long open = clock.now(MILLISECONDS) + 300;
      Work<Integer, String> work =
          key ->
              Maybe.timer(Math.max(0, open - clock.now(MILLISECONDS)), MILLISECONDS, clock)
                  .flatMap(after -> server.ask(host(key)));
      assertNoRefusal(server, limiter, work);
    }
  }

  @Test
  void aSlowHostDelaysNoOther() {
    Work<Integer, String> quick = key -> Maybe.just("").delay(20, MILLISECONDS, clock);
    Work<Integer, String> oneSlow =
        key -> Maybe.just("").delay(key % 20 == 0 ? 5_000 : 20, MILLISECONDS, clock);
    Duration without = lastOfQuickHosts(quick);
    Duration with = lastOfQuickHosts(oneSlow);
    assertTrue(with.toMillis() <= 1.01 * without.toMillis(), () -> with + ", not " + without);
  }

  private Duration lastOfQuickHosts(Work<Integer, String> work) {
    long began = clock.now(MILLISECONDS);
    AtomicLong last = new AtomicLong();
    Limiter limiter = Limiter.of(64, Lanes.limit(2).withRate(Rate.perSecond(10)), clock);
    Work<Integer, String> watched =
        key ->
            work.attempt(key)
                .doOnSuccess(
                    value -> {
                      if (key % 20 != 0) {
                        last.set(clock.now(MILLISECONDS) - began);
                      }
                    });
    run(
        pipeline(limiter, watched.withLane(LanesTest::host)).runAll(Flowable.range(0, 2_000)),
        new ArrayList<>());
    return Duration.ofMillis(last.get());
  }

  @Test
  void aQuotaThatTheServerAnnouncesIsNeverExceeded() {
    CountingServer server =
        new CountingServer(clock, 500, Duration.ofMinutes(5), Duration.ofMillis(50));
    Limiter limiter = Limiter.of(20, Lanes.limit(20).withParking(Duration.ofMinutes(10)), clock);
    Work<Integer, String> work = key -> announced(limiter, server.askForQuota("host"));
    List<Outcome<Integer, String>> outcomes = new ArrayList<>();
    Duration took =
        run(
            pipeline(limiter, work.withLane(key -> "host")).runAll(Flowable.range(0, 5_000)),
            outcomes);
    assertAllSucceeded(5_000, outcomes);
    assertEquals(0, server.host("host").refused);
    // Ideal are nine windows and the requests of the tenth.
    assertTrue(took.compareTo(Duration.ofSeconds(2_754)) <= 0, () -> "took " + took);
  }

  private static Maybe<String> announced(Limiter limiter, Maybe<Quota> response) {
    long counted = limiter.counted("host");
    return response
        .doOnSuccess(quota -> limiter.announce("host", quota, counted))
        .map(quota -> "host");
  }

  @Test
  void requestsThatOvertakeOneAnotherExceedNoQuota() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      CountingServer server =
          new CountingServer(clock, 50, Duration.ofSeconds(10), Duration.ofMillis(5));
      Limiter limiter = Limiter.of(20, Lanes.limit(20).withParking(Duration.ofMinutes(10)), clock);
      Work<Integer, String> work =
          key ->
              announced(
                  limiter,
                  Maybe.timer(random.nextInt(30), MILLISECONDS, clock)
                      .flatMap(after -> server.askForQuota("host")));
      List<Outcome<Integer, String>> outcomes = new ArrayList<>();
      // The server's windows begin at full tens of seconds.
      clock.advanceTimeBy(10_000 - clock.now(MILLISECONDS) % 10_000, MILLISECONDS);
      Duration took =
          run(
              pipeline(limiter, work.withLane(key -> "host")).runAll(Flowable.range(0, 500)),
              outcomes);
      assertAllSucceeded(500, outcomes);
      assertEquals(0, server.host("host").refused);
      assertTrue(took.compareTo(Duration.ofSeconds(102)) <= 0, () -> "took " + took);
    }
  }

  @Test
  void aRefusalParksItsLaneAlone() {
    List<String> started = new ArrayList<>();
    Limiter limiter = Limiter.of(10, Lanes.limit(1).withParking(Duration.ofMinutes(1)), clock);
    Work<String, String> work =
        key -> {
          started.add(key + "@" + clock.now(SECONDS));
          return key.equals("a1")
              ? Maybe.error(new CountingServer.Refused(Duration.ofSeconds(8)))
              : Maybe.just(key).delay(1, SECONDS, clock);
        };
    TestSubscriber<Outcome<String, String>> outcomes =
        Pipeline.of(policy(limiter), work.withLane(key -> key.charAt(0)))
            .runAll(Flowable.just("a1", "a2", "a3", "b1", "b2"))
            .test();
    assertEquals(Circuit.OPEN, limiter.usage().lane('a').circuit());
    assertEquals(1, limiter.usage().parked());
    clock.advanceTimeTo(7, SECONDS);
    assertEquals(List.of("a1@0", "b1@0", "b2@1"), started);
    // Eight seconds, and up to a quarter more at random.
    while (started.size() == 3) {
      clock.advanceTimeBy(10, MILLISECONDS);
    }
    assertTrue(clock.now(SECONDS) <= 10, started::toString);
    assertEquals(Circuit.HALF_OPEN, limiter.usage().lane('a').circuit());
    assertEquals(4, started.size(), "one goes first");
    clock.advanceTimeTo(20, SECONDS);
    outcomes.assertValueCount(5).assertComplete();
    assertEquals(Map.of(), limiter.usage().lanes(), "idle lanes go away");
  }

  @Test
  void withoutRetryAfterEachPauseIsTwiceAsLong() {
    List<Long> asked = new ArrayList<>();
    Limiter limiter = Limiter.of(10, Lanes.limit(5).withParking(Duration.ofSeconds(4)), clock);
    Work<Integer, Integer> work =
        key -> {
          asked.add(clock.now(MILLISECONDS));
          return Maybe.error(new CountingServer.Refused(Duration.ZERO));
        };
    run(
        Pipeline.of(policy(limiter), work.withLane(key -> "host")).runAll(Flowable.range(0, 8)),
        new ArrayList<>());
    for (int i = 1; i < asked.size(); i++) {
      long pause = asked.get(i) - asked.get(i - 1);
      long least = Math.min(4_000, 500L << (i - 1));
      assertTrue(least <= pause && pause <= least * 5 / 4 + 1, "pauses " + asked);
    }
  }

  @Test
  void runsThatShareALaneTakeTurns() {
    Limiter limiter = Limiter.of(1, Lanes.limit(1).withRate(Rate.perSecond(1)), clock);
    Work<Integer, Integer> work = Maybe::just;
    Pipeline<Integer, Integer> pipeline = pipeline(limiter, work.withLane(key -> "host"));
    pipeline.runAll(Flowable.range(0, 10_000)).test();
    TestSubscriber<Outcome<Integer, Integer>> single = pipeline.runAll(Flowable.just(1)).test();
    clock.advanceTimeBy(2_100, MILLISECONDS);
    single.assertComplete();
  }

  @Test
  void theTotalRateBoundsAllLanes() {
    Limiter limiter =
        Limiter.of(100, Lanes.limit(100).withTotalRate(Rate.perSecond(10).withBurst(5)), clock);
    AtomicInteger started = new AtomicInteger();
    Work<Integer, Integer> work = key -> Maybe.just(started.incrementAndGet());
    var outcomes =
        pipeline(limiter, work.withLane(LanesTest::host)).runAll(Flowable.range(0, 25)).test();
    assertEquals(5, started.get());
    clock.advanceTimeBy(1, SECONDS);
    assertEquals(14, started.get());
    clock.advanceTimeBy(1_040, MILLISECONDS);
    outcomes.assertValueCount(25).assertComplete();
  }

  @Test
  void limitsChangeWhileARunGoesOn() {
    Limiter limiter = Limiter.of(4, Lanes.limit(1), clock);
    Work<Integer, Integer> work = key -> Maybe.<Integer>never();
    var outcomes =
        pipeline(limiter, work.withLane(key -> key % 2)).runAll(Flowable.range(0, 100)).test();
    assertEquals(2, limiter.inFlight());
    limiter.setLanes(Lanes.limit(3));
    assertEquals(4, limiter.inFlight());
    limiter.setLimit(5);
    assertEquals(5, limiter.inFlight());
    outcomes.cancel();
    assertEquals(0, limiter.inFlight());
    assertEquals(0, limiter.usage().waiting());
  }

  @Test
  void retriesStayWithinTheirShare() {
    Limiter limiter = Limiter.of(10, Lanes.limit(10).withRetryBudget(0.1), clock);
    AtomicInteger attempts = new AtomicInteger();
    Work<Integer, Integer> dying =
        key -> {
          attempts.incrementAndGet();
          return Maybe.error(new IOException("down"));
        };
    run(
        pipeline(limiter, dying.withLane(key -> "host")).runAll(Flowable.range(0, 1_000)),
        new ArrayList<>());
    // A tenth, and the first ten that are free.
    assertTrue(attempts.get() <= 1_000 + 111 + 11, "attempts " + attempts);
    assertTrue(attempts.get() >= 1_100, "attempts " + attempts);
  }

  @Test
  void whatIsNotDoneWhenTheRunEndsIsAFailure() {
    Work<Integer, Integer> work = key -> Maybe.just(key).delay(key < 3 ? 1 : 100, SECONDS, clock);
    List<Integer> attempted = new ArrayList<>();
    Work<Integer, Integer> watched =
        key -> {
          attempted.add(key);
          return work.attempt(key);
        };
    var outcomes =
        Pipeline.of(policy(Limiter.of(4)), watched)
            .within(Duration.ofSeconds(10))
            .runInOrder(Flowable.range(0, 50))
            .test();
    clock.advanceTimeBy(10, SECONDS);
    outcomes.assertValueCount(50).assertComplete();
    assertEquals(7, attempted.size(), "three that were done, four under way");
    Failure<?, ?> late = (Failure<?, ?>) outcomes.values().get(49);
    DeadlineException cause = (DeadlineException) late.cause();
    assertEquals(DeadlineException.Clock.RUN, cause.clock());
    assertEquals("49: no answer before the end of the run after 10s", cause.getMessage());
    assertEquals(0, late.attempts());
    assertEquals(1, ((Failure<?, ?>) outcomes.values().get(3)).attempts());
  }

  @Test
  void aRunOfMoreWeightStartsMoreInItsTurn() {
    Limiter limiter = Limiter.of(1, Lanes.limit(1).withRate(Rate.perSecond(1)), clock);
    Work<String, String> work = Maybe::just;
    Work<String, String> inLane = work.withLane(key -> "host");
    List<String> order = new ArrayList<>();
    Pipeline.of(policy(limiter).withWindow(Window.of(10)).withWeight(3), inLane)
        .runAll(Flowable.just("a").repeat(9))
        .subscribe(outcome -> order.add(outcome.key()));
    Pipeline.of(policy(limiter).withWindow(Window.of(10)), inLane)
        .runAll(Flowable.just("b").repeat(3))
        .subscribe(outcome -> order.add(outcome.key()));
    clock.advanceTimeBy(20, SECONDS);
    // The first one starts at once, before there is another run.
    assertEquals("a" + "aaab" + "aaab" + "aab", String.join("", order));
  }

  @Test
  void contradictionsAreRefused() {
    Work<Integer, Integer> work = Maybe::just;
    assertMessage(
        "window: 3, must not be below the limit, 4: so many attempts could never run at once",
        () -> Pipeline.of(Policy.limit(4).withWindow(Window.of(3)), work));
    assertMessage(
        "attemptTimeout: 3s, must not be above the itemTimeout, 2s",
        () ->
            Pipeline.of(
                Policy.limit(4)
                    .withItemTimeout(Duration.ofSeconds(2))
                    .withAttemptTimeout(Duration.ofSeconds(3)),
                work));
    assertMessage(
        "limit: 2, must not be below the limit of one lane, 3",
        () -> Limiter.of(2, Lanes.limit(3)));
    assertMessage(
        "totalRate: 5/s, must not be below the rate of one lane, 10/s",
        () -> Lanes.limit(1).withRate(Rate.perSecond(10)).withTotalRate(Rate.perSecond(5)));
    assertMessage(
        "share: 0.0, must be above 0 and at most 1", () -> Lanes.limit(1).withRetryBudget(0));
  }

  private static void assertMessage(String message, Executable refused) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, refused).getMessage());
  }
}
