package dev.sluice;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome.Failure;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Second attempts beside slow ones, in virtual time. */
@Timeout(30)
final class HedgeTest {
  private final IOException no = new IOException("no");
  private final TestScheduler clock = new TestScheduler();
  private final Limiter limiter = Limiter.of(4);

  /** One for each attempt, in the order of their starts. */
  private final List<MaybeSubject<String>> attempts = new ArrayList<>();

  private final Work<String, String> work =
      key -> {
        MaybeSubject<String> attempt = MaybeSubject.create();
        attempts.add(attempt);
        return attempt;
      };

  private Policy policy(Limiter limiter) {
    return Policy.of(limiter).withSchedulers(IoSchedulers.shared().withTimer(clock));
  }

  private TestObserver<Outcome<String, String>> run(Policy policy) {
    return Pipeline.of(policy, work).run("x").test();
  }

  private Policy afterOneSecond() {
    return policy(limiter).withHedge(Hedge.after(ofSeconds(1)));
  }

  @AfterEach
  void noPermitIsOut() {
    assertEquals(0, limiter.inFlight());
  }

  @Test
  void canBeTakenBack() {
    Policy policy = Policy.limit(2).withWeight(3);
    assertEquals(policy, policy.withHedge(Hedge.atPercentile(95)).withoutHedge());
  }

  @Test
  void theSecondAttemptWinsAndTheFirstIsDisposed() {
    var outcome = run(afterOneSecond());
    clock.advanceTimeBy(999, MILLISECONDS);
    assertEquals(1, attempts.size());
    clock.advanceTimeBy(1, MILLISECONDS);
    assertEquals(2, attempts.size());
    assertEquals(2, limiter.inFlight());
    attempts.get(1).onSuccess("second");
    outcome.assertResult(Outcome.success("x", "second"));
    assertTrue(!attempts.get(0).hasObservers(), "the first is disposed");
  }

  @Test
  void theFirstAttemptMayStillWin() {
    var outcome = run(afterOneSecond());
    clock.advanceTimeBy(1, SECONDS);
    attempts.get(0).onComplete();
    outcome.assertResult(Outcome.notFound("x"));
    assertTrue(!attempts.get(1).hasObservers(), "the second is disposed");
  }

  @Test
  void aQuickAttemptIsNotHedged() {
    var outcome = run(afterOneSecond());
    attempts.get(0).onSuccess("first");
    clock.advanceTimeBy(10, SECONDS);
    outcome.assertResult(Outcome.success("x", "first"));
    assertEquals(1, attempts.size());
  }

  @Test
  void aFailureWaitsForTheOtherAttempt() {
    var outcome = run(afterOneSecond());
    clock.advanceTimeBy(1, SECONDS);
    attempts.get(0).onError(no);
    outcome.assertNoValues();
    attempts.get(1).onSuccess("second");
    outcome.assertResult(Outcome.success("x", "second"));
  }

  @Test
  void aRetryFollowsWhenBothHaveFailed() {
    Retry retry = Retry.upTo(3).withBackoff(Backoff.fixed(ofSeconds(5)));
    var outcome = run(afterOneSecond().withRetry(retry));
    clock.advanceTimeBy(1, SECONDS);
    attempts.get(1).onError(no);
    attempts.get(0).onError(no);
    clock.advanceTimeBy(5, SECONDS);
    assertEquals(3, attempts.size());
    attempts.get(2).onError(no);
    outcome.assertValue(o -> ((Failure<?, ?>) o).attempts() == 3);
    clock.advanceTimeBy(60, SECONDS);
    assertEquals(3, attempts.size());
  }

  @Test
  void aFailureBeforeTheSecondAttemptKeepsTheBackOff() {
    Retry retry = Retry.upTo(3).withBackoff(Backoff.fixed(ofSeconds(5)));
    var outcome = run(afterOneSecond().withRetry(retry));
    clock.advanceTimeBy(500, MILLISECONDS);
    attempts.get(0).onError(no);
    clock.advanceTimeBy(4_999, MILLISECONDS);
    assertEquals(1, attempts.size());
    clock.advanceTimeBy(1, MILLISECONDS);
    assertEquals(2, attempts.size());
    outcome.dispose();
  }

  @Test
  void aSecondAttemptWithoutPermitIsWithdrawnWhenTheFirstFails() {
    Limiter narrow = Limiter.of(1);
    Retry retry = Retry.upTo(3).withBackoff(Backoff.fixed(ofSeconds(5)));
    var outcome = run(policy(narrow).withHedge(Hedge.after(ofSeconds(1))).withRetry(retry));
    clock.advanceTimeBy(2, SECONDS);
    attempts.get(0).onError(no);
    assertEquals(1, attempts.size());
    clock.advanceTimeBy(5, SECONDS);
    assertEquals(2, attempts.size());
    attempts.get(1).onSuccess("third");
    outcome.assertResult(Outcome.success("x", "third"));
    assertEquals(0, narrow.inFlight());
  }

  @Test
  void disposingEndsBoth() {
    var outcome = run(afterOneSecond());
    clock.advanceTimeBy(1, SECONDS);
    outcome.dispose();
    assertTrue(attempts.stream().noneMatch(MaybeSubject::hasObservers));
  }

  @Test
  void disposingBeforeTheDelayLeavesNoTask() {
    var outcome = run(afterOneSecond());
    outcome.dispose();
    clock.advanceTimeBy(10, SECONDS);
    assertEquals(1, attempts.size());
  }

  @Test
  void aBugOfOneEndsTheOther() {
    IllegalStateException bug = new IllegalStateException("bug");
    var outcome = run(afterOneSecond());
    clock.advanceTimeBy(1, SECONDS);
    attempts.get(0).onError(bug);
    outcome.assertError(bug);
    assertTrue(!attempts.get(1).hasObservers(), "the second is disposed");
  }

  @Test
  void bothHaveATimeoutOfTheirOwn() {
    var outcome = run(afterOneSecond().withAttemptTimeout(ofSeconds(3)));
    clock.advanceTimeBy(3, SECONDS);
    outcome.assertNoValues();
    assertEquals(1, limiter.inFlight());
    clock.advanceTimeBy(1, SECONDS);
    outcome.assertValue(o -> o instanceof Failure);
  }

  @Test
  void theBudgetOfRetriesHolds() {
    Limiter limited = Limiter.of(2_000, Lanes.limit(2_000).withRetryBudget(0.05), clock);
    AtomicInteger started = new AtomicInteger();
    Work<Integer, Integer> slow =
        key -> {
          started.incrementAndGet();
          return Maybe.just(key).delay(5, SECONDS, clock);
        };
    Pipeline.of(policy(limited).withHedge(Hedge.after(ofSeconds(1))), slow.withLane(key -> "host"))
        .runAll(Flowable.range(0, 1_000))
        .test();
    clock.advanceTimeBy(100, SECONDS);
    // Ten are free, and a twentieth of all attempts.
    assertTrue(started.get() <= 1_000 + 10 + 55, () -> started + " attempts");
    assertTrue(started.get() >= 1_050, () -> started + " attempts");
  }

  @Test
  void onePercentOfSlowAnswersNoLongerDecides() {
    long plain = slowestMillis(policy(Limiter.of(20)));
    long hedged = slowestMillis(policy(Limiter.of(20)).withHedge(Hedge.atPercentile(95)));
    assertEquals(2_000, plain);
    assertTrue(hedged <= 250, () -> "slowest " + hedged + " ms");
  }

  /** Of answers that take 50 to 100 ms, and 1 % of them 2 s. */
  private long slowestMillis(Policy policy) {
    Random random = new Random(7);
    Map<Integer, Long> took = new TreeMap<>();
    Work<Integer, Integer> mostlyQuick =
        key ->
            Maybe.just(key)
                .delay(
                    random.nextInt(100) == 0 ? 2_000 : 50 + random.nextInt(50),
                    MILLISECONDS,
                    clock);
    Pipeline<Integer, Integer> pipeline = Pipeline.of(policy, mostlyQuick);
    Flowable.intervalRange(0, 2_000, 0, 20, MILLISECONDS, clock)
        .flatMapSingle(
            key -> {
              long began = clock.now(MILLISECONDS);
              return pipeline
                  .run(key.intValue())
                  .doOnSuccess(outcome -> took.put(outcome.key(), clock.now(MILLISECONDS) - began));
            })
        .test();
    clock.advanceTimeBy(100, SECONDS);
    assertEquals(2_000, took.size());
    // The first answers, which teach the percentile, are not hedged.
    return took.values().stream().skip(100).mapToLong(Long::longValue).max().orElseThrow();
  }

  @Test
  void racesOnManyThreadsLeaveNothing() {
    Limiter shared = Limiter.of(8, Lanes.limit(8));
    Work<Integer, Integer> work =
        key -> {
          Maybe<Integer> answer = key % 5 == 0 ? Maybe.error(no) : Maybe.just(key);
          return answer.delay(key * 37 % 2_000, MICROSECONDS, IoSchedulers.shared().timer(), true);
        };
    Policy policy = Policy.of(shared).withHedge(Hedge.after(ofMillis(1)));
    Pipeline.of(policy, work.withLane(key -> "host"))
        .runAll(Flowable.range(0, 4_000))
        .map(Outcome::key)
        .toSortedList()
        .flattenAsFlowable(keys -> keys)
        .test()
        .awaitDone(20, SECONDS)
        .assertValueSequence(Flowable.range(0, 4_000).blockingIterable());
    // A loser that is inside its subscribe() keeps the permit until that returns.
    Await.until(() -> shared.inFlight() == 0, "no permit is out");
  }

  @Test
  void contradictionsAreRefused() {
    Policy late = policy(limiter).withHedge(Hedge.after(ofSeconds(10)));
    assertEquals(
        "hedge: after 10s, must be before the attemptTimeout, 10s",
        assertThrows(IllegalArgumentException.class, () -> Pipeline.of(late, work)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Hedge.after(ZERO));
    assertThrows(IllegalArgumentException.class, () -> Hedge.after(ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> Hedge.atPercentile(100));
    assertThrows(IllegalArgumentException.class, () -> Hedge.atPercentile(Double.NaN));
    assertEquals("hedged at percentile 95.0", Hedge.atPercentile(95).toString());
  }
}
