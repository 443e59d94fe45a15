package dev.sluice;

import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Permits that go back whatever the work does, by both ways into a limiter. */
class PermitTest {
  /** The two ways into a limiter. */
  enum Way {
    PERMIT {
      @Override
      <T> Maybe<?> under(Limiter limiter, Maybe<T> work) {
        return limiter.permit(work);
      }
    },
    PIPELINE {
      @Override
      <T> Maybe<?> under(Limiter limiter, Maybe<T> work) {
        Policy policy = Policy.of(limiter).withAttemptTimeout(Policy.FOREVER);
        return Pipeline.of(policy, (String key) -> work).run("key").toMaybe();
      }
    };

    abstract <T> Maybe<?> under(Limiter limiter, Maybe<T> work);
  }

  private final Limiter limiter = Limiter.of(1);
  private final InFlight inFlight = new InFlight();

  @ParameterizedTest
  @EnumSource
  void keepsThePermitWhileADisposedWorkIsStillInSubscribe(Way way) {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger peak = new AtomicInteger();
    Maybe<Integer> slow =
        Maybe.defer(
            () -> {
              peak.accumulateAndGet(running.incrementAndGet(), Math::max);
              inside.countDown();
              assertTrue(goOn.await(10, SECONDS));
              running.decrementAndGet();
              return Maybe.<Integer>never();
            });
    TestObserver<Object> first = new TestObserver<>();
    IoSchedulers.shared()
        .network()
        .scheduleDirect(() -> way.under(limiter, slow).cast(Object.class).subscribe(first));
    Await.until(() -> inside.getCount() == 0, "the first work is inside its subscribe()");
    first.dispose();
    TestObserver<?> second =
        way.under(
                limiter,
                Maybe.fromAction(() -> peak.accumulateAndGet(running.incrementAndGet(), Math::max)))
            .test();
    assertEquals(1, limiter.inFlight(), "the first work still has its permit");
    goOn.countDown();
    second.awaitDone(10, SECONDS).assertComplete();
    assertEquals(1, peak.get());
    Await.until(() -> limiter.inFlight() == 0, "no permit is out");
  }

  @ParameterizedTest
  @EnumSource
  void aWorkThatDisposesItselfInSubscribeGivesItsPermitBack(Way way) {
    List<Disposable> own = new ArrayList<>();
    Maybe<Integer> work =
        Maybe.defer(
            () -> {
              own.get(0).dispose();
              return inFlight.count(Maybe.<Integer>never());
            });
    Disposable holder = limiter.permit(Maybe.never()).subscribe();
    own.add(way.under(limiter, work).subscribe());
    holder.dispose();
    assertEquals(0, inFlight.now());
    assertNoPermitIsOut();
  }

  @ParameterizedTest
  @EnumSource
  void aDisposeThatThrowsGivesThePermitBack(Way way) {
    Queue<Throwable> unheard = new ConcurrentLinkedQueue<>();
    RxJavaPlugins.setErrorHandler(unheard::add);
    way.under(limiter, closeFails()).test().dispose();
    assertEquals(1, unheard.size());
    assertNoPermitIsOut();
  }

  static List<Error> errors() {
    return List.of(
        new NoClassDefFoundError("x/Y"), new StackOverflowError(), new OutOfMemoryError("threads"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorOutOfTheWorkGoesToOnErrorAndOthersGoOn(Error error) {
    for (Way way : Way.values()) {
      MaybeSubject<Integer> holder = MaybeSubject.create();
      limiter.permit(holder).test();
      TestObserver<?> bad =
          way.under(
                  limiter,
                  Maybe.fromCallable(
                      () -> {
                        throw error;
                      }))
              .test();
      TestObserver<?> good = way.under(limiter, Maybe.just(1)).test();
      holder.onSuccess(1);
      bad.assertError(error);
      good.assertComplete();
      assertNoPermitIsOut();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorOutOfACallbackLeavesNoPermitOut(Way way) {
    Queue<Throwable> unheard = new ConcurrentLinkedQueue<>();
    RxJavaPlugins.setErrorHandler(unheard::add);
    MaybeSubject<Integer> holder = MaybeSubject.create();
    limiter.permit(holder).test();
    way.under(limiter, Maybe.just(1))
        .subscribe(
            value -> {
              throw new StackOverflowError();
            });
    TestObserver<?> good = way.under(limiter, Maybe.just(1)).test();
    holder.onSuccess(1);
    good.assertComplete();
    assertEquals(1, unheard.size());
    assertNoPermitIsOut();
  }

  @ParameterizedTest
  @EnumSource
  void aDisposedWaiterIsForgottenAtOnce(Way way) {
    Disposable holder = limiter.permit(Maybe.never()).subscribe();
    Disposable before = way.under(limiter, Maybe.never()).subscribe();
    WeakReference<Object> forgotten = disposedWaiter(way);
    Disposable after = way.under(limiter, Maybe.never()).subscribe();
    Await.until(
        () -> {
          System.gc();
          return forgotten.refersTo(null);
        },
        "the work of the disposed waiter is collected");
    before.dispose();
    after.dispose();
    holder.dispose();
    assertNoPermitIsOut();
  }

  private WeakReference<Object> disposedWaiter(Way way) {
    Object content = new byte[1];
    way.under(limiter, Maybe.just(content)).subscribe().dispose();
    return new WeakReference<>(content);
  }

  @ParameterizedTest
  @EnumSource
  void waitersLeaveFromAnyPlaceInTheQueue(Way way) {
    Random random = new Random(17);
    for (int round = 0; round < 200; round++) {
      MaybeSubject<Integer> holder = MaybeSubject.create();
      limiter.permit(holder).test();
      List<TestObserver<?>> waiting = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        waiting.add(way.under(limiter, Maybe.just(i)).test());
      }
      List<TestObserver<?>> left = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        TestObserver<?> leaver = waiting.remove(random.nextInt(waiting.size()));
        leaver.dispose();
        left.add(leaver);
      }
      holder.onSuccess(1);
      waiting.forEach(TestObserver::assertComplete);
      left.forEach(TestObserver::assertEmpty);
      assertNoPermitIsOut();
    }
  }

  /** Cancels, throwing disposals, fatal errors and endings at once and later, on many threads. */
  @ParameterizedTest
  @EnumSource
  void noPermitIsLostWhateverWorksDo(Way way) {
    RxJavaPlugins.setErrorHandler(e -> {});
    Limiter few = Limiter.of(3);
    Random random = new Random(19);
    List<Disposable> some = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      some.add(way.under(few, anyWork(random)).subscribe(value -> {}, e -> {}));
      if (some.size() > 8) {
        some.remove(random.nextInt(some.size())).dispose();
      }
    }
    some.forEach(Disposable::dispose);
    few.permit(Maybe.just(1)).test().awaitDone(10, SECONDS).assertResult(1);
    Await.until(() -> few.inFlight() == 0, "no permit is out");
  }

  private static Maybe<Integer> anyWork(Random random) {
    Maybe<Integer> work =
        switch (random.nextInt(5)) {
          case 0 -> Maybe.just(1);
          case 1 -> Maybe.error(new IOException("no"));
          case 2 ->
              Maybe.fromCallable(
                  () -> {
                    throw new StackOverflowError();
                  });
          case 3 -> closeFails();
          default -> Maybe.never();
        };
    return random.nextBoolean() ? work : work.subscribeOn(IoSchedulers.shared().network());
  }

  @Test
  void runsThatShareALimiterTakeTurns() {
    TestScheduler clock = new TestScheduler();
    Policy policy = Policy.of(limiter).withSchedulers(IoSchedulers.shared().withTimer(clock));
    Pipeline<Integer, Long> large =
        Pipeline.of(policy.withWindow(Window.of(100)), key -> Maybe.timer(1, SECONDS, clock));
    Pipeline<Integer, Long> small = Pipeline.of(policy, key -> Maybe.timer(1, SECONDS, clock));
    var many = large.runAll(Flowable.range(0, 100)).test();
    var few = small.runAll(Flowable.range(0, 2)).test();
    var one = small.run(1).test();
    var call = limiter.permit(Maybe.timer(1, SECONDS, clock)).test();
    clock.advanceTimeBy(5, SECONDS);
    one.assertComplete();
    call.assertComplete();
    few.assertValueCount(1);
    many.assertValueCount(2);
    clock.advanceTimeBy(2, SECONDS);
    few.assertComplete();
    many.cancel();
    assertNoPermitIsOut();
  }

  @Test
  void aThreadThatGivesAPermitBackStartsABoundedNumberOfOthers() {
    MaybeSubject<Integer> holder = MaybeSubject.create();
    limiter.permit(holder).test();
    Thread caller = Thread.currentThread();
    AtomicInteger onThisThread = new AtomicInteger();
    var others =
        Flowable.range(0, 5_000)
            .flatMapMaybe(
                i ->
                    limiter.permit(
                        Maybe.fromAction(
                            () -> {
                              if (Thread.currentThread() == caller) {
                                onThisThread.incrementAndGet();
                              }
                            })),
                false,
                5_000)
            .test();
    holder.onSuccess(1);
    others.awaitDone(10, SECONDS).assertComplete();
    assertTrue(
        onThisThread.get() > 0 && onThisThread.get() <= Limiter.STARTS_IN_A_ROW,
        () -> onThisThread + " works ran on the thread that gave the permit back");
    Await.until(() -> limiter.inFlight() == 0, "no permit is out");
  }

  @Test
  void aDisposeThatThrowsDoesNotStopTheClocksOfOthers() {
    Queue<Throwable> unheard = new ConcurrentLinkedQueue<>();
    RxJavaPlugins.setErrorHandler(unheard::add);
    TestScheduler clock = new TestScheduler();
    Policy policy =
        Policy.limit(3)
            .withAttemptTimeout(ofMillis(100))
            .withSchedulers(IoSchedulers.shared().withTimer(clock));
    Pipeline<String, Integer> pipeline =
        Pipeline.of(policy, key -> key.equals("bad") ? closeFails() : Maybe.never());
    var bad = pipeline.run("bad").test();
    var good = pipeline.run("good").test();
    clock.advanceTimeBy(1, SECONDS);
    bad.assertValue(outcome -> outcome instanceof Outcome.Failure);
    good.assertValue(outcome -> outcome instanceof Outcome.Failure);
    assertEquals(1, unheard.size());
    var later = pipeline.run("later").test();
    clock.advanceTimeBy(1, SECONDS);
    later.assertValueCount(1);
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void anIdlePolicyLeavesNoTimerTaskBehind() {
    TestScheduler clock = new TestScheduler();
    List<Disposable> waits = new ArrayList<>();
    Policy patient =
        Policy.of(limiter)
            .withAttemptTimeout(Duration.ofHours(1))
            .withSchedulers(IoSchedulers.shared().withTimer(new WatchedTimer(clock, waits)));
    MaybeSubject<Integer> work = MaybeSubject.create();
    var outcome = Pipeline.of(patient, (String key) -> work).run("x").test();
    work.onSuccess(1);
    outcome.assertComplete();
    clock.advanceTimeBy(5, SECONDS);
    assertEquals(1, waits.size());
    assertTrue(waits.get(0).isDisposed(), "the only task is over");
  }

  @Test
  void aRequestOfARunThatHasEndedNeverStarts() {
    AtomicBoolean started = new AtomicBoolean();
    MaybeSubject<Integer> first = MaybeSubject.create();
    Pipeline<Integer, Integer> pipeline =
        Pipeline.of(
            Policy.of(limiter),
            key -> {
              started.set(key > 0);
              return first;
            });
    var run = pipeline.runAll(Flowable.just(0, 1)).test();
    first.onError(new IllegalStateException("bug"));
    run.assertFailure(IllegalStateException.class);
    assertFalse(started.get());
    assertNoPermitIsOut();
  }

  private static Maybe<Integer> closeFails() {
    return Maybe.create(
        emitter ->
            emitter.setDisposable(
                Disposable.fromRunnable(
                    () -> {
                      throw new IllegalStateException("close failed");
                    })));
  }

  private void assertNoPermitIsOut() {
    assertEquals(0, limiter.inFlight());
    limiter.permit(Maybe.just(1)).test().assertResult(1);
  }
}
