package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.Outcome.Failure;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Outcomes of one turn of an event loop are recorded together, and emitted after that. */
@Timeout(30)
class LoopTurnTest {
  private final Map<String, MaybeSubject<String>> answers = new HashMap<>();
  private final BatchLog log = new BatchLog();

  private Pipeline<String, String> pipeline(OutcomeLog<String> log) {
    return pipeline(log, key -> answers.computeIfAbsent(key, any -> MaybeSubject.create()));
  }

  private static Pipeline<String, String> pipeline(
      OutcomeLog<String> log, Work<String, String> work) {
    return Pipeline.of(Policy.limit(1_000).withAttemptTimeout(Policy.FOREVER), work)
        .journalled(log, (outcome, timings) -> outcome.key());
  }

  private TestSubscriber<String> started(OutcomeLog<String> log, String... keys) {
    return pipeline(log).runAll(Flowable.fromArray(keys)).map(LoopTurnTest::text).test();
  }

  /** The key, and what its failure says. */
  private static String text(Outcome<String, String> outcome) {
    return outcome instanceof Failure<?, ?> failure
        ? "failed: " + failure.cause().getMessage()
        : outcome.key();
  }

  private void answer(String key) {
    MaybeSubject<String> answer = answers.get(key);
    if (answer == null) {
      throw new IllegalStateException(key + " was not asked for");
    }
    answer.onSuccess("value");
  }

  @Test
  void outcomesOfATurnAreRecordedTogetherAndEmittedAfterThat() {
    TestSubscriber<String> outcomes = started(log, "a", "b", "c");
    LoopTurn.run(
        () -> {
          answer("c");
          answer("a");
          outcomes.assertNoValues();
        });
    outcomes.assertValues("c", "a");
    assertEquals(List.of(List.of("c", "a")), log.batches);
    answer("b");
    outcomes.assertResult("c", "a", "b");
    assertEquals(List.of(List.of("c", "a"), List.of("b")), log.batches);
  }

  @Test
  void aLongTurnRecordsInBetween() {
    String[] keys = IntStream.range(0, 150).mapToObj(i -> "k" + i).toArray(String[]::new);
    TestSubscriber<String> outcomes = started(log, keys);
    LoopTurn.run(
        () -> {
          List.of(keys).forEach(this::answer);
          outcomes.assertValueCount(128);
        });
    outcomes.assertResult(keys);
    assertEquals(List.of(64, 64, 22), log.batches.stream().map(List::size).toList());
  }

  @Test
  void onlyTheEntryThatIsNotRecordedIsAFailure() {
    TestSubscriber<String> outcomes = started(log, "a", "refused", "b");
    LoopTurn.run(() -> List.of("a", "refused", "b").forEach(this::answer));
    outcomes.assertResult("a", "failed: refused: the disk is full", "b");
    assertEquals(1, log.batches.size());
  }

  @Test
  void aLogThatKnowsNoBatchesIsAppendedToOneByOne() {
    List<String> appended = new ArrayList<>();
    OutcomeLog<String> plain =
        entry -> {
          appended.add(entry);
          BatchLog.refuseSome(entry);
        };
    TestSubscriber<String> outcomes = started(plain, "a", "refused", "b");
    LoopTurn.run(() -> List.of("a", "refused", "b").forEach(this::answer));
    outcomes.assertResult("a", "failed: refused: the disk is full", "b");
    assertEquals(List.of("a", "refused", "b"), appended);
  }

  @Test
  void theSecondOfTwoLogsHasWhatTheFirstHasRecorded() {
    List<String> second = new ArrayList<>();
    OutcomeLog<String> both =
        log.and(
            entry -> {
              second.add(entry);
              if (entry.equals("b")) {
                throw new IOException("no b");
              }
            });
    TestSubscriber<String> outcomes = started(both, "a", "refused", "b", "c");
    LoopTurn.run(() -> List.of("a", "refused", "b", "c").forEach(this::answer));
    outcomes.assertResult("a", "failed: refused: the disk is full", "failed: no b", "c");
    assertEquals(List.of(List.of("a", "refused", "b", "c")), log.batches);
    assertEquals(List.of("a", "b", "c"), second);
  }

  @Test
  void twoLogsOfOneTurnDoNotMix() {
    BatchLog other = new BatchLog();
    TestSubscriber<String> ours = started(log, "a", "b");
    TestSubscriber<String> others = started(other, "x", "y");
    LoopTurn.run(() -> List.of("a", "x", "b", "y").forEach(this::answer));
    ours.assertResult("a", "b");
    others.assertResult("x", "y");
    assertEquals(List.of(List.of("a", "b")), log.batches);
    assertEquals(List.of(List.of("x", "y")), other.batches);
  }

  @Test
  void aBugOfTheLogEndsTheRun() {
    IllegalStateException bug = new IllegalStateException("a bug");
    OutcomeLog<String> broken =
        entry -> {
          throw bug;
        };
    TestSubscriber<String> outcomes = started(broken, "a", "b");
    List<Throwable> undeliverable = new ArrayList<>();
    RxJavaPlugins.setErrorHandler(undeliverable::add);
    LoopTurn.run(() -> List.of("a", "b").forEach(this::answer));
    outcomes.assertFailure(IllegalStateException.class);
    assertEquals(List.of(), undeliverable, "the second key is cancelled by the first");
  }

  @Test
  void aBugOfOneEntryEndsItsRunOnly() {
    List<String> appended = new ArrayList<>();
    OutcomeLog<String> log =
        entry -> {
          if (entry.equals("bad")) {
            throw new IllegalStateException("no line");
          }
          appended.add(entry);
        };
    for (OutcomeLog<String> each : List.of(log, log.and(entry -> {}), new BatchLog().and(log))) {
      appended.clear();
      answers.clear();
      TestSubscriber<String> ours = started(each, "a", "b");
      TestSubscriber<String> others = started(each, "bad");
      LoopTurn.run(() -> List.of("a", "bad", "b").forEach(this::answer));
      ours.assertResult("a", "b");
      others.assertFailure(IllegalStateException.class);
      assertEquals(List.of("a", "b"), appended);
    }
  }

  @Test
  void aSubscriberThatThrowsHarmsNoOtherOutcome() {
    List<Throwable> undeliverable = new ArrayList<>();
    RxJavaPlugins.setErrorHandler(undeliverable::add);
    AssertionError thrown = new AssertionError("a subscriber's own");
    pipeline(log)
        .run("a")
        .subscribe(
            new SingleObserver<Outcome<String, String>>() {
              @Override
              public void onSubscribe(Disposable d) {}

              @Override
              public void onSuccess(Outcome<String, String> outcome) {
                throw thrown;
              }

              @Override
              public void onError(Throwable e) {}
            });
    TestSubscriber<String> outcomes = started(log, "b");
    LoopTurn.run(() -> List.of("a", "b").forEach(this::answer));
    outcomes.assertResult("b");
    assertEquals(1, undeliverable.size());
    assertEquals(thrown, undeliverable.get(0).getCause());
  }

  @Test
  void aCancelledRunHasItsOutcomesRecordedAndEmitsNoMore() {
    TestSubscriber<String> first =
        pipeline(log).runAll(Flowable.just("a", "b")).map(LoopTurnTest::text).take(1).test();
    LoopTurn.run(() -> List.of("a", "b").forEach(this::answer));
    first.assertResult("a");
    assertEquals(List.of(List.of("a", "b")), log.batches);
  }

  @Test
  void aKeyThatIsDisposedBeforeTheTurnEndsIsRecordedAndNotEmitted() {
    TestObserver<Outcome<String, String>> outcome = pipeline(log).run("a").test();
    LoopTurn.run(
        () -> {
          answer("a");
          outcome.dispose();
        });
    outcome.assertEmpty();
    assertEquals(List.of(List.of("a")), log.batches);
  }

  @Test
  void whatAnOutcomeStartsIsRecordedWithinTheTurn() {
    MaybeSubject<String> first = MaybeSubject.create();
    Policy policy = Policy.limit(1).withAttemptTimeout(Policy.FOREVER);
    TestSubscriber<String> outcomes =
        Pipeline.of(
                policy, (String key) -> key.equals("k0") ? first : Maybe.<String>just("at once"))
            .journalled(log, (outcome, timings) -> outcome.key())
            .runAll(Flowable.range(0, 100_000).map(i -> "k" + i))
            .map(LoopTurnTest::text)
            .test();
    LoopTurn.run(() -> first.onSuccess("value"));
    outcomes.assertValueCount(100_000).assertComplete();
  }

  @Test
  void aTurnThatThrowsHasRecordedWhatCompletedBefore() {
    TestSubscriber<String> outcomes = started(log, "a", "b");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                LoopTurn.run(
                    () -> {
                      answer("a");
                      throw new IOException("the socket is gone");
                    }));
    assertEquals("the socket is gone", thrown.getMessage());
    outcomes.assertValues("a");
    answer("b");
    outcomes.assertResult("a", "b");
  }

  @Test
  void aTurnInsideAnotherIsAPartOfIt() {
    TestSubscriber<String> outcomes = started(log, "a", "b");
    LoopTurn.run(
        () -> {
          LoopTurn.run(() -> answer("a"));
          outcomes.assertNoValues();
          answer("b");
        });
    outcomes.assertResult("a", "b");
    assertEquals(List.of(List.of("a", "b")), log.batches);
  }

  @Test
  void aLateErrorIsRecordedAfterTheOutcome() {
    RxJavaPlugins.setErrorHandler(e -> {});
    OutcomeCodec<String, String, String> codec =
        new OutcomeCodec<>() {
          @Override
          public String entry(
              Outcome<? extends String, ? extends String> outcome, Timings timings) {
            return outcome.key();
          }

          @Override
          public @Nullable String late(String key, Throwable error) {
            return key + " late";
          }
        };
    List<MaybeObserver<? super String>> observers = new ArrayList<>();
    Work<String, String> work = key -> Maybe.unsafeCreate(observers::add);
    TestSubscriber<Outcome<String, String>> outcomes =
        Pipeline.of(Policy.limit(1).withAttemptTimeout(Policy.FOREVER), work)
            .journalled(log, codec)
            .runAll(Flowable.just("a"))
            .test();
    LoopTurn.run(
        () -> {
          observers.get(0).onSuccess("value");
          observers.get(0).onError(new IllegalStateException("after the end"));
        });
    outcomes.assertValueCount(1);
    assertEquals(List.of(List.of("a", "a late")), log.batches);
  }

  @Test
  void aTurnOfSeveralStepsEmitsByItsExecutor() {
    Queue<Runnable> emissions = new ArrayDeque<>();
    LoopTurn turn = LoopTurn.emittingBy(emissions::add);
    TestSubscriber<String> outcomes = started(log, "a", "b");
    turn.step(() -> answer("a"));
    turn.step(() -> answer("b"));
    assertEquals(List.of(), log.batches);
    turn.record();
    assertEquals(List.of(List.of("a", "b")), log.batches);
    outcomes.assertNoValues();
    emissions.forEach(Runnable::run);
    outcomes.assertResult("a", "b");
  }

  @Test
  void anExecutorThatRefusesLosesNoOutcome() {
    LoopTurn turn =
        LoopTurn.emittingBy(
            emission -> {
              throw new RejectedExecutionException("closed");
            });
    TestSubscriber<String> outcomes = started(log, "a", "b");
    turn.step(() -> List.of("a", "b").forEach(this::answer));
    turn.record();
    outcomes.assertResult("a", "b");
  }

  @Test
  void anotherThreadRecordsWhileAStepBlocks() throws InterruptedException {
    LoopTurn turn = LoopTurn.emittingBy(Runnable::run);
    TestSubscriber<String> outcomes = started(log, "a", "b");
    Semaphore gate = new Semaphore(0);
    Thread blocked =
        new Thread(
            () ->
                turn.step(
                    () -> {
                      answer("a");
                      gate.acquireUninterruptibly();
                      answer("b");
                    }));
    blocked.start();
    Await.until(() -> blocked.getState() == Thread.State.WAITING, "the step blocks");
    turn.record();
    outcomes.assertValues("a");
    gate.release();
    blocked.join();
    turn.record();
    outcomes.assertResult("a", "b");
  }

  @Test
  void whileALogBlocksOthersDoNotWaitForIt() throws InterruptedException {
    Semaphore gate = new Semaphore(0);
    OutcomeLog<String> slow =
        entry -> {
          gate.acquireUninterruptibly();
          log.append(entry);
        };
    LoopTurn turn = LoopTurn.emittingBy(Runnable::run);
    TestSubscriber<String> outcomes = started(slow, "a", "b");
    turn.step(() -> answer("a"));
    Thread blocked = new Thread(turn::record);
    blocked.start();
    Await.until(() -> blocked.getState() == Thread.State.WAITING, "the log blocks");
    turn.step(() -> answer("b"));
    turn.record();
    outcomes.assertNoValues();
    gate.release(2);
    blocked.join();
    outcomes.assertResult("a", "b");
  }
}
