package dev.sluice;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.DeadlineException.Clock;
import dev.sluice.Outcome.Failure;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PipelineTest {
  private final TestScheduler clock = new TestScheduler();
  private final InFlight inFlight = new InFlight();

  @Test
  void tellsTheThreeOutcomesApart() {
    Work<String, Integer> work =
        key ->
            switch (key) {
              case "one" -> Maybe.just(1);
              case "none" -> Maybe.empty();
              default -> Maybe.error(new IOException("broken"));
            };
    Pipeline<String, Integer> pipeline = Pipeline.of(policy(1), work);

    pipeline.run("one").test().assertResult(Outcome.success("one", 1));
    pipeline.run("none").test().assertResult(Outcome.notFound("none"));
    Failure<String, Integer> failure = failure(pipeline.run("other").test());
    assertEquals("broken", failure.cause().getMessage());
    assertEquals(1, failure.attempts());
  }

  @Test
  void aBugEndsTheRun() {
    Pipeline<Integer, Integer> pipeline =
        Pipeline.of(policy(1), key -> Maybe.error(new IllegalStateException("bug " + key)));
    pipeline.runAll(Flowable.range(0, 3)).test().assertFailure(IllegalStateException.class);
    Pipeline<Integer, Integer> thrower =
        Pipeline.of(
            policy(1),
            key -> {
              throw new IllegalStateException("bug");
            });
    thrower.run(1).test().assertFailure(IllegalStateException.class);
  }

  @Test
  void aFailureDoesNotEndTheRun() {
    Random random = new Random(7);
    Work<Integer, Integer> flaky =
        key -> random.nextInt(3) == 0 ? Maybe.error(new IOException("no")) : Maybe.just(key);
    Tally tally =
        Pipeline.of(policy(10), flaky)
            .runAll(Flowable.range(0, 10_000))
            .reduce(Tally.ZERO, Tally::plus)
            .blockingGet();
    assertEquals(10_000, tally.total());
    assertTrue(tally.failed() > 3_000 && tally.succeeded() > 6_000, tally::toString);
  }

  @Test
  void runAllEmitsInTheOrderOfCompletion() {
    List<Object> keys = keys(sleeper(4).runAll(Flowable.just(3, 1, 2)));
    assertEquals(List.of(1, 2, 3), keys);
  }

  @Test
  void runInOrderEmitsInTheOrderOfTheKeys() {
    List<Object> keys = keys(sleeper(4).runInOrder(Flowable.just(3, 1, 2)));
    assertEquals(List.of(3, 1, 2), keys);
  }

  @Test
  void requestsNoMoreKeysThanTheWindow() {
    AtomicInteger pulled = new AtomicInteger();
    Flowable<Integer> source = Flowable.range(0, 1_000).doOnNext(i -> pulled.incrementAndGet());
    Policy narrow = policy(3).withWindow(Window.of(5));
    Pipeline<Integer, Integer> stuck = Pipeline.of(narrow, key -> Maybe.never());

    var any = stuck.runAll(source).test();
    assertEquals(5, pulled.getAndSet(0));
    any.cancel();
    stuck.runInOrder(source).test().cancel();
    assertEquals(5, pulled.get());
  }

  @Test
  void aConsumerWithoutDemandHoldsTheSourceBack() {
    AtomicInteger pulled = new AtomicInteger();
    Flowable<Integer> source = Flowable.range(0, 1_000).doOnNext(i -> pulled.incrementAndGet());
    TestSubscriber<?> consumer =
        Pipeline.of(policy(2).withWindow(Window.of(4)), Maybe::just).runAll(source).test(0);

    assertEquals(4, pulled.get());
    consumer.request(10);
    consumer.assertValueCount(10);
    assertEquals(14, pulled.get());
  }

  @Test
  void theNextAttemptStartsAfterTheBackOff() {
    List<Long> starts = new ArrayList<>();
    Work<String, Integer> failing =
        key -> {
          starts.add(clock.now(MILLISECONDS));
          return Maybe.error(new IOException("no"));
        };
    Retry retry = Retry.upTo(4).withBackoff(Backoff.exponential(ofMillis(200), ofMillis(500)));
    var outcome = Pipeline.of(policy(1).withRetry(retry), failing).run("x").test();

    clock.advanceTimeBy(1_099, MILLISECONDS);
    outcome.assertEmpty();
    clock.advanceTimeBy(1, MILLISECONDS);

    assertEquals(4, failure(outcome).attempts());
    assertEquals(List.of(0L, 200L, 600L, 1_100L), starts);
  }

  @Test
  void thePermitIsNotHeldDuringTheBackOff() {
    Retry retry = Retry.upTo(2).withBackoff(Backoff.fixed(ofSeconds(3)));
    Work<Integer, Integer> work =
        key ->
            inFlight.count(key < 8 ? Maybe.error(new IOException("come back")) : Maybe.just(key));
    var outcomes =
        Pipeline.of(policy(8).withRetry(retry), work).runAll(Flowable.range(0, 200)).test();

    clock.advanceTimeBy(2_900, MILLISECONDS);
    outcomes.assertValueCount(192);
    clock.advanceTimeBy(100, MILLISECONDS);
    outcomes.assertValueCount(200).assertComplete();
  }

  @Test
  void theAttemptTimeoutStartsWithThePermit() {
    Policy patient = policy(1).withAttemptTimeout(ofSeconds(1));
    Pipeline<Integer, Long> slow =
        Pipeline.of(patient, key -> Maybe.timer(900, MILLISECONDS, clock));
    var outcomes = slow.runAll(Flowable.range(0, 10)).reduce(Tally.ZERO, Tally::plus).test();
    clock.advanceTimeBy(9, SECONDS);
    outcomes.assertResult(new Tally(10, 0, 0));
  }

  @Test
  void theAttemptTimeoutNamesKeyDurationAndTarget() {
    Work<String, Integer> silent = key -> inFlight.count(Maybe.never());
    Policy policy = policy(1).withAttemptTimeout(ofSeconds(3));
    var outcome =
        Pipeline.of(policy, silent.withTarget(key -> "127.0.0.1:8001/" + key)).run("br").test();

    clock.advanceTimeBy(2_999, MILLISECONDS);
    outcome.assertEmpty();
    clock.advanceTimeBy(1, MILLISECONDS);

    DeadlineException cause = assertInstanceOf(DeadlineException.class, failure(outcome).cause());
    assertEquals("br: no answer within 3s from 127.0.0.1:8001/br", cause.getMessage());
    assertEquals(Clock.ATTEMPT, cause.clock());
    assertEquals(ofSeconds(3), cause.after());
    assertEquals(0, inFlight.now());
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void theItemTimeoutCoversAttemptsAndWaits() {
    Policy policy =
        policy(1)
            .withAttemptTimeout(ofSeconds(2))
            .withItemTimeout(ofSeconds(5))
            .withRetry(Retry.upTo(9).withBackoff(Backoff.fixed(ofMillis(500))));
    var outcome = Pipeline.of(policy, key -> Maybe.never()).run("br").test();

    clock.advanceTimeBy(5, SECONDS);

    Failure<?, ?> failure = failure(outcome);
    DeadlineException cause = assertInstanceOf(DeadlineException.class, failure.cause());
    assertEquals(Clock.ITEM, cause.clock());
    assertEquals("br: no answer, all attempts, within 5s", cause.getMessage());
    assertEquals(2, failure.attempts());
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void everyAttemptHasATimeoutOfItsOwn() {
    Policy policy = policy(100).withAttemptTimeout(ofSeconds(10));
    MaybeSubject<Integer> answer = MaybeSubject.create();
    Pipeline<Integer, Integer> silent =
        Pipeline.of(policy, key -> key == 5 ? answer : Maybe.never());
    List<TestObserver<?>> outcomes = new ArrayList<>();
    for (int key = 0; key < 10; key++) {
      outcomes.add(silent.run(key).test());
      clock.advanceTimeBy(1, SECONDS);
    }
    answer.onSuccess(5);

    for (int key = 0; key < 10; key++) {
      for (int later = key + 1; later < 10; later++) {
        outcomes.get(later).assertValueCount(later == 5 ? 1 : 0);
      }
      outcomes.get(key).assertValueCount(1);
      clock.advanceTimeBy(1, SECONDS);
    }
  }

  @Test
  void aTimeoutThatExpiresInsideSubscribeEndsTheAttempt() {
    Policy policy =
        Policy.limit(1).withSchedulers(IoSchedulers.shared().withTimer(new ImpatientTimer()));
    var outcome = Pipeline.of(policy, key -> inFlight.count(Maybe.never())).run("br").test();
    assertInstanceOf(DeadlineException.class, failure(outcome).cause());
    assertEquals(0, inFlight.now());
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void aBugInOneTargetDoesNotStopOtherTimeouts() {
    Work<String, Integer> silent = key -> Maybe.never();
    Work<String, Integer> buggy =
        silent.withTarget(
            key -> {
              if (key.equals("bad")) {
                throw new IllegalStateException("bug");
              }
              return key;
            });
    Pipeline<String, Integer> pipeline =
        Pipeline.of(policy(2).withAttemptTimeout(ofSeconds(1)), buggy);
    var bad = pipeline.run("bad").test();
    var good = pipeline.run("good").test();
    clock.advanceTimeBy(1, SECONDS);
    bad.assertFailure(IllegalStateException.class);
    assertInstanceOf(DeadlineException.class, failure(good).cause());
  }

  @Test
  void aValueAfterTheTimeoutIsDropped() {
    MaybeSubject<Integer> work = MaybeSubject.create();
    var outcome =
        Pipeline.of(policy(1).withAttemptTimeout(ofSeconds(1)), key -> work).run(1).test();
    clock.advanceTimeBy(1, SECONDS);
    work.onSuccess(1);
    assertInstanceOf(DeadlineException.class, failure(outcome).cause());
  }

  @Test
  void runsAreCold() {
    Policy policy = policy(1);
    AtomicInteger attempts = new AtomicInteger();
    var outcome =
        Pipeline.of(policy, key -> Maybe.fromSupplier(attempts::incrementAndGet)).run("x");
    assertEquals(0, attempts.get());
    outcome.test().assertResult(Outcome.success("x", 1));
    outcome.test().assertResult(Outcome.success("x", 2));
  }

  @Test
  void disposingStopsTheAttemptsAndTheWaits() {
    Policy policy = policy(2).withRetry(Retry.upTo(5).withBackoff(Backoff.fixed(ofSeconds(1))));
    Work<Integer, Integer> work =
        key -> inFlight.count(key == 0 ? Maybe.never() : Maybe.error(new IOException("no")));
    var outcomes = Pipeline.of(policy, work).runAll(Flowable.range(0, 100)).test();
    int started = inFlight.started();
    outcomes.cancel();
    clock.advanceTimeBy(100, SECONDS);

    assertEquals(0, inFlight.now());
    assertEquals(started, inFlight.started());
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void startsNoOtherKeyWhenTheRunIsCancelled() {
    Pipeline<Integer, Integer> silent =
        Pipeline.of(policy(5), key -> inFlight.count(Maybe.never()));
    silent.runAll(Flowable.range(0, 100)).test().cancel();
    assertEquals(5, inFlight.started());
    silent.runInOrder(Flowable.range(0, 100)).test().cancel();
    assertEquals(10, inFlight.started());
    assertEquals(0, inFlight.now());
  }

  @Test
  void startsNoOtherKeyWhenABugEndsTheRun() {
    MaybeSubject<Integer> bug = MaybeSubject.create();
    Work<Integer, Integer> work = key -> inFlight.count(key == 0 ? bug : Maybe.never());
    var run = Pipeline.of(policy(5), work).runAll(Flowable.range(0, 100)).test();
    bug.onError(new IllegalStateException("bug"));
    run.assertFailure(IllegalStateException.class);
    assertEquals(0, inFlight.now());
    assertTrue(inFlight.started() <= 6, () -> inFlight.started() + " started");
  }

  @Test
  void thenFollowsEveryOutcome() {
    Pipeline<Integer, String> named =
        Pipeline.<Integer, Integer>of(policy(2), Maybe::just)
            .then(outcome -> Single.just(outcome.map(value -> "number " + value)));
    named
        .runInOrder(Flowable.just(1, 2))
        .test()
        .assertResult(Outcome.success(1, "number 1"), Outcome.success(2, "number 2"));
  }

  @Test
  void aTextThatIsNoKeyTakesNoPermitAndMakesNoAttempt() {
    Pipeline<String, Integer> typed =
        Pipeline.<Integer, Integer>of(policy(1), Maybe::just).parsing(PipelineTest::number);
    typed.run("7").test().assertResult(Outcome.success("7", 7));
    Limiter none = Limiter.of(1);
    TestObserver<Object> holder = none.permit(Maybe.never()).test();
    var failure =
        failure(
            Pipeline.<Integer, Integer>of(policy(1).withLimiter(none), Maybe::just)
                .parsing(PipelineTest::number)
                .run("seven")
                .test());
    assertEquals(0, failure.attempts());
    assertEquals("seven: not a number", failure.cause().getMessage());
    holder.dispose();
  }

  @Test
  void aBugOfTheParserEndsTheRun() {
    Pipeline.<Integer, Integer>of(policy(1), Maybe::just)
        .<String>parsing(Integer::valueOf)
        .runAll(Flowable.just("1", "two"))
        .test()
        .assertFailure(NumberFormatException.class, Outcome.success("1", 1));
  }

  private static Integer number(String text) throws IOException {
    if (!text.equals("7")) {
      throw new IOException(text + ": not a number");
    }
    return 7;
  }

  @Test
  void foreverIsNoTimeout() {
    Policy patient = policy(1).withAttemptTimeout(Policy.FOREVER);
    clock.advanceTimeBy(1, SECONDS);
    var outcome = Pipeline.of(patient, key -> Maybe.never()).run("x").test();
    clock.advanceTimeBy(365, DAYS);
    outcome.assertNotComplete().dispose();
  }

  private Policy policy(int limit) {
    return Policy.limit(limit).withSchedulers(IoSchedulers.shared().withTimer(clock));
  }

  /** Key n takes n seconds. */
  private Pipeline<Integer, Long> sleeper(int limit) {
    return Pipeline.of(policy(limit), key -> Maybe.timer(key, SECONDS, clock));
  }

  private <K, V> List<Object> keys(Flowable<Outcome<K, V>> outcomes) {
    var test = outcomes.<Object>map(Outcome::key).test();
    clock.advanceTimeBy(10, SECONDS);
    return test.assertComplete().values();
  }

  @SuppressWarnings("unchecked")
  private static <K, V> Failure<K, V> failure(TestObserver<Outcome<K, V>> observer) {
    return (Failure<K, V>)
        assertInstanceOf(Failure.class, observer.assertComplete().values().get(0));
  }
}
