package dev.sluice;

import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BlockingWorkTest {
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void runsAsManyAtOnceAsTheLimitAllows() {
    CyclicBarrier eight = new CyclicBarrier(8);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger peak = new AtomicInteger();
    Work<Integer, Integer> work =
        Work.blocking(
            key -> {
              peak.accumulateAndGet(now.incrementAndGet(), Math::max);
              // Passes only when eight calls are here at once.
              eight.await(10, SECONDS);
              now.decrementAndGet();
              return key;
            });
    Pipeline.of(Policy.limit(8), work)
        .runAll(Flowable.range(0, 64))
        .collect(Tally.counting())
        .test()
        .awaitDone(20, SECONDS)
        .assertResult(new Tally(64, 0, 0));
    assertEquals(8, peak.get());
  }

  @Test
  void runsOnThePolicysNetworkScheduler() {
    ExecutorService own = Executors.newSingleThreadExecutor(task -> new Thread(task, "own"));
    try {
      Scheduler network = Schedulers.from(own);
      Policy policy = Policy.limit(1).withSchedulers(IoSchedulers.shared().withNetwork(network));
      Work<String, String> work = Work.blocking(key -> Thread.currentThread().getName());
      Pipeline.of(policy, work.withTarget(key -> "somewhere"))
          .run("x")
          .test()
          .awaitDone(10, SECONDS)
          .assertResult(Outcome.success("x", "own"));
    } finally {
      own.shutdown();
    }
  }

  @Test
  void tellsTheThreeOutcomesAndABugApart() {
    IOException no = new IOException("no");
    IllegalStateException bug = new IllegalStateException("bug");
    Work<String, Integer> work =
        Work.blocking(
            key ->
                switch (key) {
                  case "one" -> 1;
                  case "none" -> null;
                  case "io" -> throw no;
                  default -> throw bug;
                });
    Pipeline<String, Integer> pipeline =
        Pipeline.of(Policy.limit(1).withRetry(Retry.upTo(2).withBackoff(i -> ofSeconds(0))), work);
    pipeline.run("one").test().awaitDone(10, SECONDS).assertResult(Outcome.success("one", 1));
    pipeline.run("none").test().awaitDone(10, SECONDS).assertResult(Outcome.notFound("none"));
    pipeline.run("io").test().awaitDone(10, SECONDS).assertResult(Outcome.failure("io", no, 2));
    pipeline.run("bug").test().awaitDone(10, SECONDS).assertError(bug);
  }

  @Test
  void disposingInterruptsTheCallAndIsQuiet() {
    for (Exception thrown :
        List.of(
            new InterruptedIOException("cut"),
            new InterruptedException("cut"),
            new IllegalStateException("wrapped", new InterruptedException()))) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch ended = new CountDownLatch(1);
      Limiter limiter = Limiter.of(1);
      Work<String, Integer> work =
          Work.blocking(
              key -> {
                begun.countDown();
                try {
                  return never.await(10, SECONDS) ? 1 : 2;
                } catch (InterruptedException e) {
                  ended.countDown();
                  throw thrown;
                }
              });
      var outcome = Pipeline.of(Policy.of(limiter), work).run("x").test();
      Await.until(() -> begun.getCount() == 0, "the call has begun");
      outcome.dispose();
      Await.until(() -> ended.getCount() == 0, "the call was interrupted");
      Await.until(() -> limiter.inFlight() == 0, "the permit is back");
      outcome.assertEmpty();
    }
  }

  @Test
  void theInterruptDoesNotReachTheNextTaskOfTheThread() {
    ExecutorService own = Executors.newSingleThreadExecutor();
    try {
      Policy policy =
          Policy.limit(1).withSchedulers(IoSchedulers.shared().withNetwork(Schedulers.from(own)));
      AtomicBoolean interrupted = new AtomicBoolean();
      Work<Integer, Integer> work =
          Work.blocking(
              key -> {
                if (key == 1) {
                  interrupted.set(Thread.currentThread().isInterrupted());
                  return key;
                }
                inside.countDown();
                while (!Thread.currentThread().isInterrupted()) {
                  Thread.onSpinWait();
                }
                return key;
              });
      Pipeline<Integer, Integer> pipeline = Pipeline.of(policy, work);
      var first = pipeline.run(0).test();
      Await.until(() -> inside.getCount() == 0, "the call has begun");
      first.dispose();
      pipeline.run(1).test().awaitDone(10, SECONDS).assertComplete();
      assertFalse(interrupted.get());
    } finally {
      own.shutdown();
    }
  }

  @Test
  void aThreadThatCannotBeStartedIsAFailedAttemptAndTheNextOneTriesAgain() {
    AtomicInteger starts = new AtomicInteger();
    Executor scarce =
        task -> {
          if (starts.incrementAndGet() <= 2) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          task.run();
        };
    Limiter limiter = Limiter.of(1);
    Policy policy =
        Policy.of(limiter)
            .withSchedulers(IoSchedulers.shared().withNetwork(Schedulers.from(scarce)));
    Pipeline<String, String> pipeline = Pipeline.of(policy, Work.blocking(key -> key));
    for (int i = 0; i < 2; i++) {
      pipeline
          .run("x")
          .test()
          .awaitDone(10, SECONDS)
          .assertValue(
              outcome ->
                  outcome instanceof Outcome.Failure<?, ?> failure
                      && "x: no thread: unable to create native thread"
                          .equals(failure.cause().getMessage()));
      assertEquals(0, limiter.inFlight());
    }
    pipeline.run("x").test().awaitDone(10, SECONDS).assertResult(Outcome.success("x", "x"));
  }

  @Test
  void aCallThatIsDisposedInTheQueueNeverRuns() {
    List<Runnable> queue = new ArrayList<>();
    Policy policy =
        Policy.limit(1)
            .withSchedulers(IoSchedulers.shared().withNetwork(Schedulers.from(queue::add)));
    AtomicInteger calls = new AtomicInteger();
    Work<String, Integer> work = Work.blocking(key -> calls.incrementAndGet());
    Pipeline.of(policy, work).run("x").test().dispose();
    assertEquals(1, queue.size());
    queue.forEach(Runnable::run);
    assertEquals(0, calls.get());
  }

  @Test
  void anAttemptTimeoutInterruptsTheCall() {
    TestScheduler clock = new TestScheduler();
    CountDownLatch interrupted = new CountDownLatch(1);
    Policy policy = Policy.limit(1).withSchedulers(IoSchedulers.shared().withTimer(clock));
    Work<String, Integer> work =
        Work.blocking(
            key -> {
              inside.countDown();
              try {
                return never.await(10, SECONDS) ? 1 : 2;
              } finally {
                interrupted.countDown();
              }
            });
    var outcome = Pipeline.of(policy, work).run("x").test();
    Await.until(() -> inside.getCount() == 0, "the call has begun");
    clock.advanceTimeBy(10, SECONDS);
    outcome.assertValue(
        it ->
            it instanceof Outcome.Failure<?, ?> failure
                && failure.cause() instanceof DeadlineException);
    Await.until(() -> interrupted.getCount() == 0, "the call was interrupted");
  }

  @Test
  void anErrorAfterTheDisposalIsReported() {
    List<Throwable> unheard = new ArrayList<>();
    RxJavaPlugins.setErrorHandler(unheard::add);
    List<Runnable> queue = new ArrayList<>();
    Policy policy =
        Policy.limit(1)
            .withSchedulers(IoSchedulers.shared().withNetwork(Schedulers.from(queue::add)));
    List<Runnable> dispose = new ArrayList<>();
    Work<String, Integer> work =
        Work.blocking(
            key -> {
              dispose.get(0).run();
              throw new StackOverflowError();
            });
    var outcome = Pipeline.of(policy, work).run("x").test();
    dispose.add(outcome::dispose);
    queue.forEach(Runnable::run);
    assertInstanceOf(StackOverflowError.class, unheard.get(0).getCause());
    assertFalse(Thread.interrupted(), "the interrupt is gone");
  }

  @Test
  void keepsThePermitOfACallBehindAnOperatorUntilItReturns() {
    Limiter limiter = Limiter.of(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Work<String, Integer> blocking =
        Work.blocking(
            key -> {
              inside.countDown();
              boolean open = false;
              while (!open) {
                try {
                  open = goOn.await(10, SECONDS);
                } catch (InterruptedException e) {
                  // A call that ignores its interrupt.
                  open = false;
                }
              }
              return 1;
            });
    Pipeline<String, Integer> pipeline =
        Pipeline.of(
            Policy.of(limiter), key -> blocking.attempt(key).map(it -> it + 1).filter(it -> true));
    var outcome = pipeline.run("x").test();
    Await.until(() -> inside.getCount() == 0, "the call has begun");
    outcome.dispose();
    assertEquals(1, limiter.inFlight());
    goOn.countDown();
    Await.until(() -> limiter.inFlight() == 0, "the permit is back");
  }

  /** In virtual time; network tasks wait in the queue until the test runs them. */
  private static Policy oneAtATime(TestScheduler clock, List<Runnable> queue) {
    return Policy.limit(1)
        .withSchedulers(
            IoSchedulers.shared().withTimer(clock).withNetwork(Schedulers.from(queue::add)));
  }

  @Test
  void theTimeOfAnAttemptBeginsWhenTheCallHasAThread() {
    TestScheduler clock = new TestScheduler();
    List<Runnable> queue = new ArrayList<>();
    Policy policy = oneAtATime(clock, queue);
    Work<String, Integer> blocking =
        Work.blocking(
            key -> {
              clock.advanceTimeBy(9, SECONDS);
              return 1;
            });
    Work<String, Integer> work =
        new Work<>() {
          @Override
          public Maybe<Integer> attempt(String key) {
            return blocking.attempt(key);
          }

          @Override
          public Maybe<Integer> attempt(String key, IoSchedulers schedulers) {
            return blocking.attempt(key, schedulers).map(it -> it + 1);
          }
        };
    var outcome = Pipeline.of(policy, work).run("x").test();
    clock.advanceTimeBy(60, SECONDS);
    outcome.assertEmpty();
    queue.remove(0).run();
    outcome.assertResult(Outcome.success("x", 2));
  }

  @Test
  void theTimeOfAnAttemptBeginsWhenACallWithASecondPermitHasAThread() {
    TestScheduler clock = new TestScheduler();
    List<Runnable> queue = new ArrayList<>();
    Policy policy = oneAtATime(clock, queue);
    Limiter second = Limiter.of(1);
    Work<String, Integer> blocking =
        Work.blocking(
            key -> {
              clock.advanceTimeBy(9, SECONDS);
              return 1;
            });
    Work<String, Integer> work =
        key -> second.permit(blocking.attempt(key, policy.schedulers())).map(it -> it + 1);
    var outcome = Pipeline.of(policy, work).run("x").test();
    clock.advanceTimeBy(60, SECONDS);
    outcome.assertEmpty();
    queue.remove(0).run();
    outcome.assertResult(Outcome.success("x", 2));
  }

  @Test
  void theTimeOfAnAttemptRunsWhileACallWithASecondPermitRuns() {
    TestScheduler clock = new TestScheduler();
    List<Runnable> queue = new ArrayList<>();
    Policy policy = oneAtATime(clock, queue);
    Limiter second = Limiter.of(1);
    Work<String, Integer> blocking =
        Work.blocking(
            key -> {
              clock.advanceTimeBy(11, SECONDS);
              return 1;
            });
    Work<String, Integer> work = key -> second.permit(blocking.attempt(key, policy.schedulers()));
    var outcome = Pipeline.of(policy, work).run("x").test();
    queue.remove(0).run();
    outcome.assertValue(
        it ->
            it instanceof Outcome.Failure<?, ?> failure
                && failure.cause() instanceof DeadlineException);
    assertEquals(0, policy.limiter().inFlight() + second.inFlight());
  }

  @Test
  void theTimeOfAnAttemptRunsWhileItsCallRuns() {
    TestScheduler clock = new TestScheduler();
    List<Runnable> queue = new ArrayList<>();
    Policy policy = oneAtATime(clock, queue);
    Work<String, Integer> work =
        Work.blocking(
            key -> {
              clock.advanceTimeBy(11, SECONDS);
              return 1;
            });
    var outcome = Pipeline.of(policy, work).run("x").test();
    queue.remove(0).run();
    outcome.assertValue(
        it ->
            it instanceof Outcome.Failure<?, ?> failure
                && failure.cause() instanceof DeadlineException);
    assertEquals(0, policy.limiter().inFlight());
  }
}
