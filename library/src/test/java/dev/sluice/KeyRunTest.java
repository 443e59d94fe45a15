package dev.sluice;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome.Failure;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import io.reactivex.rxjava3.exceptions.CompositeException;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Races, bugs and timeouts in each state of a key run. */
class KeyRunTest {
  private final IOException no = new IOException("no");
  private final IllegalStateException bug = new IllegalStateException("bug");

  private final TestScheduler clock = new TestScheduler();
  private final InFlight inFlight = new InFlight();
  private final Limiter limiter = Limiter.of(1);
  private final Retry again = Retry.upTo(3).withBackoff(Backoff.fixed(ZERO));

  @Test
  void keepsARetryThatStartsInsideScheduleDirect() {
    MaybeSubject<Integer> second = MaybeSubject.create();
    AtomicInteger attempts = new AtomicInteger();
    Work<String, Integer> work =
        key -> attempts.incrementAndGet() == 1 ? Maybe.error(no) : inFlight.count(second);
    Policy impatient =
        policy().withSchedulers(IoSchedulers.shared().withTimer(new ImpatientTimer()));
    var outcome = Pipeline.of(impatient.withRetry(again), work).run("x").test();
    assertTrue(second.hasObservers());
    second.onSuccess(1);
    outcome.assertResult(Outcome.success("x", 1));
    assertNoPermitIsOut();
  }

  @Test
  void leavesNoTimerTaskWhenDisposedInsideTheBackOff() {
    List<Disposable> waits = new ArrayList<>();
    SerialDisposable run = new SerialDisposable();
    Backoff disposing =
        failures -> {
          run.dispose();
          return ofSeconds(60);
        };
    MaybeSubject<Integer> attempt = MaybeSubject.create();
    Policy policy =
        policy()
            .withRetry(Retry.upTo(2).withBackoff(disposing))
            .withSchedulers(IoSchedulers.shared().withTimer(new WatchedTimer(clock, waits)));
    run.set(Pipeline.of(policy, key -> attempt).run("x").subscribe());
    attempt.onError(no);
    assertTrue(waits.stream().allMatch(Disposable::isDisposed));
    assertNoPermitIsOut();
  }

  @Test
  void aWaitThatTheTimerRefusesEndsTheRun() {
    RefusingTimer timer = new RefusingTimer(clock);
    Policy policy =
        policy()
            .withRetry(again.withBackoff(Backoff.fixed(ofSeconds(1))))
            .withSchedulers(IoSchedulers.shared().withTimer(timer));
    Work<String, Integer> work = key -> Maybe.error(no);
    var outcome = Pipeline.of(policy.withAttemptTimeout(Policy.FOREVER), work).run("x").test();
    outcome.assertError(OutOfMemoryError.class);
    assertNoPermitIsOut();
  }

  @Test
  void anAttemptTimeoutThatTheTimerRefusesEndsTheRunAndTheNextOneIsTimed() {
    RefusingTimer timer = new RefusingTimer(clock);
    Policy policy =
        policy()
            .withAttemptTimeout(ofSeconds(1))
            .withSchedulers(IoSchedulers.shared().withTimer(timer));
    Pipeline<String, Integer> pipeline = Pipeline.of(policy, key -> Maybe.never());
    pipeline.run("x").test().assertError(OutOfMemoryError.class);
    assertNoPermitIsOut();
    timer.refuses = false;
    var next = pipeline.run("y").test();
    clock.advanceTimeBy(1, SECONDS);
    next.assertValue(
        it -> it instanceof Failure<?, ?> failure && failure.cause() instanceof DeadlineException);
    assertNoPermitIsOut();
  }

  /** A timer that cannot start its thread. */
  private static final class RefusingTimer extends Scheduler {
    private final Scheduler timer;
    private boolean refuses = true;

    RefusingTimer(Scheduler timer) {
      this.timer = timer;
    }

    @Override
    public long now(TimeUnit unit) {
      return timer.now(unit);
    }

    @Override
    public Disposable scheduleDirect(Runnable task, long delay, TimeUnit unit) {
      if (refuses) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      return timer.scheduleDirect(task, delay, unit);
    }

    @Override
    public Worker createWorker() {
      return timer.createWorker();
    }
  }

  @Test
  void canBeSubscribedToAgainAfterABug() {
    AtomicInteger attempts = new AtomicInteger();
    Work<String, Integer> work =
        key -> attempts.incrementAndGet() == 1 ? Maybe.error(bug) : Maybe.just(2);
    Single<Outcome<String, Integer>> run = Pipeline.of(policy(), work).run("x");
    run.test().assertError(bug);
    run.test().assertResult(Outcome.success("x", 2));
    assertNoPermitIsOut();
  }

  @Test
  void aBugAfterTheItemTimeoutDoesNotEndTheRun() {
    List<Throwable> undeliverable = undeliverable();
    List<MaybeObserver<? super Integer>> deaf = new ArrayList<>();
    Work<Integer, Integer> work = key -> key == 0 ? deaf(deaf) : Maybe.just(key);
    Pipeline<Integer, Integer> pipeline =
        Pipeline.of(policy().withItemTimeout(ofSeconds(1)).withWindow(Window.of(1)), work);
    var outcomes = pipeline.runAll(Flowable.range(0, 2)).test(0);
    clock.advanceTimeBy(1, SECONDS);
    deaf.get(0).onError(bug);
    outcomes.request(2);
    outcomes.assertValueAt(1, Outcome.success(1, 1)).assertComplete();
    assertEquals(List.of(bug), undeliverable);
  }

  @Test
  void reportsABugAfterTheDisposalButNoIoException() {
    List<Throwable> undeliverable = undeliverable();
    List<MaybeObserver<? super Integer>> deaf = new ArrayList<>();
    Pipeline<String, Integer> pipeline = Pipeline.of(policy(), key -> deaf(deaf));
    pipeline.run("one").test().dispose();
    pipeline.run("other").test().dispose();
    deaf.get(0).onError(no);
    deaf.get(1).onError(bug);
    assertEquals(List.of(bug), undeliverable);
    assertNoPermitIsOut();
  }

  @Test
  void signalsABugOfTheConditionTogetherWithTheFailure() {
    Retry buggy =
        again.withCondition(
            e -> {
              throw bug;
            });
    TestObserver<?> outcome =
        Pipeline.of(policy().withRetry(buggy), key -> Maybe.error(no)).run("x").test();
    outcome.assertError(
        e -> e instanceof CompositeException both && both.getExceptions().equals(List.of(no, bug)));
    assertNoPermitIsOut();
  }

  @Test
  void reportsABugOfTheConditionAfterTheDisposal() {
    List<Throwable> undeliverable = undeliverable();
    SerialDisposable run = new SerialDisposable();
    Retry buggy =
        again.withCondition(
            e -> {
              run.dispose();
              throw bug;
            });
    MaybeSubject<Integer> attempt = MaybeSubject.create();
    run.set(Pipeline.of(policy().withRetry(buggy), key -> attempt).run("x").subscribe());
    attempt.onError(no);
    CompositeException lost = assertInstanceOf(CompositeException.class, undeliverable.get(0));
    assertEquals(List.of(no, bug), lost.getExceptions());
  }

  @Test
  void aBackOffLongerThanForeverLastsForever() {
    Backoff endless = Backoff.fixed(Policy.FOREVER.plusSeconds(1));
    for (Backoff backoff : List.of(endless, endless.withJitter(() -> 1))) {
      Pipeline.of(policy().withRetry(Retry.upTo(2).withBackoff(backoff)), key -> Maybe.error(no))
          .run("x")
          .test()
          .assertEmpty()
          .dispose();
      assertNoPermitIsOut();
    }
  }

  @Test
  void givesThePermitBackWhenSubscribeThrows() {
    Work<String, Integer> thrower =
        key ->
            Maybe.unsafeCreate(
                observer -> {
                  throw bug;
                });
    Pipeline.of(policy(), thrower).run("x").test().assertError(e -> e.getCause() == bug);
    assertNoPermitIsOut();
    limiter.permit(thrower.attempt("x")).test().assertError(e -> e.getCause() == bug);
    assertNoPermitIsOut();
  }

  @Test
  void startsTheNextKeyWhenSubscribeThrows() {
    MaybeSubject<Integer> first = MaybeSubject.create();
    Work<Integer, Integer> work =
        key ->
            switch (key) {
              case 0 -> first;
              case 1 ->
                  Maybe.unsafeCreate(
                      observer -> {
                        throw bug;
                      });
              default -> Maybe.just(key);
            };
    Pipeline<Integer, Integer> pipeline = Pipeline.of(policy(), work);
    pipeline.run(0).test();
    TestObserver<?> second = pipeline.run(1).test();
    TestObserver<?> third = pipeline.run(2).test();
    first.onSuccess(0);
    second.assertError(e -> e.getCause() == bug);
    third.assertValueCount(1);
    assertNoPermitIsOut();
  }

  @Test
  @SuppressWarnings("NullAway") // The null is what the test is about.
  void aNullInPlaceOfAMaybeIsABug() {
    Pipeline.of(policy(), key -> null).run("x").test().assertError(NullPointerException.class);
    assertNoPermitIsOut();
  }

  @Test
  void acceptsAWorkThatNeverCallsOnSubscribe() {
    Work<String, Integer> rude = key -> Maybe.unsafeCreate(observer -> observer.onSuccess(1));
    Pipeline.of(policy(), rude).run("x").test().assertResult(Outcome.success("x", 1));
    Work<String, Integer> silent = key -> Maybe.unsafeCreate(observer -> {});
    Pipeline.of(policy(), silent).run("x").test().dispose();
    assertNoPermitIsOut();
  }

  @Test
  void ignoresSignalsAfterTheFirstEnd() {
    Work<String, Integer> twice =
        key ->
            Maybe.unsafeCreate(
                observer -> {
                  observer.onSubscribe(Disposable.empty());
                  observer.onError(no);
                  observer.onError(no);
                  observer.onComplete();
                  observer.onSuccess(1);
                });
    Policy slow = policy().withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(ofSeconds(1))));
    var outcome = Pipeline.of(slow, twice).run("x").test();
    outcome.assertEmpty();
    clock.advanceTimeBy(1, SECONDS);
    outcome.assertResult(Outcome.failure("x", no, 2));
    assertNoPermitIsOut();
  }

  @Test
  void theItemTimeoutGivesThePermitBackInEachState() {
    Retry late = Retry.upTo(9).withBackoff(Backoff.fixed(ofSeconds(1)));
    Work<String, Integer> work =
        key -> inFlight.count(key.equals("running") ? Maybe.never() : Maybe.error(no));
    Pipeline<String, Integer> pipeline =
        Pipeline.of(policy().withItemTimeout(ofSeconds(3)).withRetry(late), work);
    var resting = pipeline.run("resting").test();
    var running = pipeline.run("running").test();
    clock.advanceTimeBy(2, SECONDS);
    var queued = pipeline.run("queued").test();
    clock.advanceTimeBy(1, SECONDS);
    // After its wait the permit was out, so it was queued and timed out there.
    assertEquals(1, attempts(resting));
    assertEquals(1, attempts(running));
    queued.assertEmpty();
    clock.advanceTimeBy(2, SECONDS);
    assertEquals(2, attempts(queued));
    assertEquals(0, inFlight.now());
    assertNoPermitIsOut();
  }

  @Test
  void anItemTimeoutInTheQueueReportsNoAttempt() {
    Disposable holder = limiter.permit(Maybe.never()).subscribe();
    var queued =
        Pipeline.of(policy().withItemTimeout(ofSeconds(3)), key -> inFlight.count(Maybe.never()))
            .run("queued")
            .test();
    clock.advanceTimeBy(3, SECONDS);
    assertEquals(0, attempts(queued));
    holder.dispose();
    assertEquals(0, inFlight.started());
    assertNoPermitIsOut();
  }

  @Test
  void startsNoOtherKeyWhenABugOfAStepEndsTheRun() {
    MaybeSubject<Integer> first = MaybeSubject.create();
    Work<Integer, Integer> work = key -> inFlight.count(key == 0 ? first : Maybe.never());
    Policy wide = policy().withLimiter(Limiter.of(5)).withWindow(Window.of(10));
    var run =
        Pipeline.of(wide, work)
            .<Integer>then(outcome -> Single.error(bug))
            .runAll(Flowable.range(0, 10))
            .test();
    first.onSuccess(0);
    run.assertError(bug);
    assertEquals(0, inFlight.now());
    assertEquals(6, inFlight.started());
  }

  /** A work that ignores its disposal and may signal after it. */
  private static Maybe<Integer> deaf(List<MaybeObserver<? super Integer>> observers) {
    return Maybe.unsafeCreate(
        observer -> {
          observers.add(observer);
          observer.onSubscribe(Disposable.empty());
        });
  }

  private static List<Throwable> undeliverable() {
    List<Throwable> errors = new ArrayList<>();
    RxJavaPlugins.setErrorHandler(errors::add);
    return errors;
  }

  private Policy policy() {
    return Policy.of(limiter)
        .withAttemptTimeout(Policy.FOREVER)
        .withSchedulers(IoSchedulers.shared().withTimer(clock));
  }

  private void assertNoPermitIsOut() {
    assertEquals(0, limiter.inFlight());
    // The count could be wrong: a new request must also get a permit at once.
    limiter.permit(Maybe.just(1)).test().assertResult(1);
  }

  private static int attempts(TestObserver<? extends Outcome<?, ?>> observer) {
    return assertInstanceOf(Failure.class, observer.assertComplete().values().get(0)).attempts();
  }
}
