package dev.sluice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimiterTest {
  private final TestScheduler clock = new TestScheduler();
  private final InFlight inFlight = new InFlight();

  @Test
  void peakEqualsTheLimitExactlyWhenTwoStreamsShareOneLimiter() {
    Limiter limiter = Limiter.of(7);
    Maybe<Long> second = inFlight.count(Maybe.timer(1, SECONDS, clock));
    var first = Flowable.range(0, 50).flatMapMaybe(i -> limiter.permit(second), false, 50).test();
    var other = Flowable.range(0, 50).flatMapMaybe(i -> limiter.permit(second), false, 50).test();

    assertEquals(7, limiter.inFlight());
    clock.advanceTimeBy(14, SECONDS);
    assertEquals(98, first.values().size() + other.values().size());
    clock.advanceTimeBy(1, SECONDS);

    assertEquals(7, inFlight.peak());
    first.assertValueCount(50).assertComplete();
    other.assertValueCount(50).assertComplete();
    assertEquals(0, limiter.inFlight());
  }

  @Test
  void peakEqualsTheLimitOnRealThreadsToo() {
    Limiter limiter = Limiter.of(4);
    IoSchedulers schedulers = IoSchedulers.shared();
    Maybe<Integer> work =
        inFlight.count(Maybe.fromSupplier(() -> 1)).subscribeOn(schedulers.network());

    Flowable.range(0, 20_000)
        .flatMapMaybe(i -> limiter.permit(work), false, 64)
        .test()
        .awaitDone(20, SECONDS)
        .assertValueCount(20_000)
        .assertComplete();

    assertTrue(inFlight.peak() <= 4, () -> "peak " + inFlight.peak());
    assertEquals(0, limiter.inFlight());
  }

  @Test
  void permitsAreGivenInTheOrderOfAsking() {
    Limiter limiter = Limiter.of(1);
    List<Integer> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int turn = i;
      limiter
          .permit(Maybe.timer(1, SECONDS, clock).doOnSubscribe(d -> started.add(turn)))
          .subscribe();
    }
    clock.advanceTimeBy(5, SECONDS);
    assertEquals(List.of(0, 1, 2, 3, 4), started);
  }

  @Test
  void thePermitIsBackBeforeOnSuccess() {
    Limiter limiter = Limiter.of(1);
    AtomicInteger seen = new AtomicInteger(-1);
    limiter.permit(Maybe.just(1)).doOnSuccess(v -> seen.set(limiter.inFlight())).test();
    assertEquals(0, seen.get());
  }

  @Test
  void aWorkThatIsDisposedWhileItWaitsNeverStarts() {
    Limiter limiter = Limiter.of(1);
    MaybeSubject<Integer> holder = MaybeSubject.create();
    limiter.permit(holder).test();
    limiter.permit(inFlight.count(Maybe.<Integer>never())).test().dispose();
    TestObserver<Integer> third = limiter.permit(Maybe.just(3)).test();

    third.assertEmpty();
    holder.onSuccess(1);

    third.assertResult(3);
    assertEquals(0, inFlight.started());
    assertEquals(0, limiter.inFlight());
  }

  @Test
  void disposingCancelsTheWorkAndGivesThePermitBack() {
    Limiter limiter = Limiter.of(1);
    MaybeSubject<Integer> work = MaybeSubject.create();
    limiter.permit(work).test().dispose();
    assertFalse(work.hasObservers());
    assertEquals(0, limiter.inFlight());
  }

  @Test
  void everyEndGivesThePermitBack() {
    Limiter limiter = Limiter.of(1);
    limiter.permit(Maybe.empty()).test().assertResult();
    limiter.permit(Maybe.error(new IOException("no"))).test().assertFailure(IOException.class);
    limiter.permit(Single.just(2)).test().assertResult(2);
    limiter
        .permit(Single.error(new IllegalStateException("bug")))
        .test()
        .assertFailure(IllegalStateException.class);
    assertEquals(0, limiter.inFlight());
  }

  @Test
  void aSubscriptionThatIsDisposedFromTheStartTakesNoPermit() {
    Limiter limiter = Limiter.of(1);
    TestObserver<Integer> observer = new TestObserver<>();
    observer.dispose();
    limiter.permit(inFlight.count(Maybe.just(1))).subscribe(observer);
    assertEquals(0, inFlight.started());
  }

  @Test
  void aMillionWorksThatEndAtOnceNeedNoStack() {
    Limiter limiter = Limiter.of(2);
    MaybeSubject<Integer> first = MaybeSubject.create();
    MaybeSubject<Integer> second = MaybeSubject.create();
    limiter.permit(first).test();
    limiter.permit(second).test();
    var waiting =
        Flowable.range(0, 1_000_000)
            .flatMapMaybe(i -> limiter.permit(Maybe.just(i)), false, 1_000_000)
            .count()
            .test();
    first.onComplete();
    waiting.awaitDone(20, SECONDS).assertResult(1_000_000L);
    second.onComplete();
  }

  @Test
  void aThousandDisposalsAtRandomMomentsLeakNoPermit() throws InterruptedException {
    Limiter limiter = Limiter.of(3);
    Random random = new Random(42);
    var network = IoSchedulers.shared().network();
    for (int i = 0; i < 1_000; i++) {
      Flowable<Integer> run =
          Flowable.range(0, 20)
              .flatMapMaybe(
                  n -> limiter.permit(Maybe.fromSupplier(() -> spin(n)).subscribeOn(network)),
                  false,
                  10);
      Disposable running = run.subscribe();
      spin(random.nextInt(2_000));
      running.dispose();
    }
    // New requests get every permit.
    List<MaybeSubject<Integer>> works =
        List.of(MaybeSubject.create(), MaybeSubject.create(), MaybeSubject.create());
    works.forEach(work -> limiter.permit(work).test());
    // Another thread may still be giving back the permit of a disposed work.
    Await.until(() -> works.stream().allMatch(MaybeSubject::hasObservers), "all three start");
    assertEquals(3, limiter.inFlight());
    works.forEach(MaybeSubject::onComplete);
    // Another thread may hold a permit for a moment, for a request that was disposed.
    Await.until(() -> limiter.inFlight() == 0, "no permit is out");
  }

  @Test
  void anErrorOfASubscriberDoesNotStopTheRequestsBehindIt() {
    List<Throwable> reported = new ArrayList<>();
    RxJavaPlugins.setErrorHandler(reported::add);
    for (Maybe<Integer> work :
        List.<Maybe<Integer>>of(
            Maybe.error(new IOException("no")),
            Maybe.just(1),
            Maybe.empty(),
            Maybe.unsafeCreate(
                o -> {
                  throw new IllegalStateException("a bug");
                }))) {
      Limiter limiter = Limiter.of(1);
      MaybeSubject<Integer> holder = MaybeSubject.create();
      limiter.permit(holder).test();
      limiter.permit(work).subscribe(new ThrowingObserver());
      TestObserver<Integer> behind = limiter.permit(Maybe.just(3)).test();
      holder.onSuccess(1);
      behind.assertResult(3);
      assertEquals(0, limiter.inFlight());
    }
    assertEquals(4, reported.size());
  }

  @Test
  void aHolderThatThrowsFromItsCallbackLeavesNoRequestBehind() {
    Limiter limiter = Limiter.of(1);
    MaybeSubject<Integer> holder = MaybeSubject.create();
    limiter.permit(holder).subscribe(new ThrowingObserver());
    TestObserver<Integer> behind = limiter.permit(Maybe.just(3)).test();
    assertThrows(NoClassDefFoundError.class, () -> holder.onSuccess(1));
    behind.assertResult(3);
  }

  @Test
  void aThreadThatGivesAPermitBackIsNotHeldByTheRunOfOthers() {
    Limiter limiter = Limiter.of(1);
    MaybeSubject<Integer> holder = MaybeSubject.create();
    limiter.permit(holder).test();
    Thread caller = Thread.currentThread();
    AtomicInteger onCaller = new AtomicInteger();
    Pipeline<Integer, Integer> pipeline =
        Pipeline.of(
            Policy.of(limiter).withWindow(Window.of(1)),
            key -> {
              if (Thread.currentThread() == caller) {
                onCaller.incrementAndGet();
              }
              return Maybe.just(key);
            });
    var run = pipeline.runAll(Flowable.range(0, 200_000)).count().test();
    holder.onSuccess(1);
    run.awaitDone(20, SECONDS).assertResult(200_000L);
    assertTrue(
        onCaller.get() <= Limiter.STARTS_IN_A_ROW, () -> "on the caller's thread: " + onCaller);
  }

  @Test
  void refusesALimitBelowOne() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Limiter.of(0));
    assertEquals("limit: 0, must be at least 1", refusal.getMessage());
  }

  @Test
  void saysHowManyAreInFlight() {
    assertEquals("0 of 5 in flight", Limiter.of(5).toString());
    assertEquals(5, Limiter.of(5).limit());
  }

  /** Throws an Error out of every callback. */
  private static final class ThrowingObserver implements MaybeObserver<Integer> {
    @Override
    public void onSubscribe(Disposable d) {}

    @Override
    public void onSuccess(Integer value) {
      throw new NoClassDefFoundError("a bug");
    }

    @Override
    public void onError(Throwable e) {
      throw new NoClassDefFoundError("a bug");
    }

    @Override
    public void onComplete() {
      throw new NoClassDefFoundError("a bug");
    }
  }

  private static int spin(int rounds) {
    int x = 1;
    for (int i = 0; i < rounds; i++) {
      x = x * 31 + i;
      Thread.onSpinWait();
    }
    return x;
  }
}
