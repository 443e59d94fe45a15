package dev.sluice;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener of a limiter is told, in virtual time; and listeners that misbehave. */
@Timeout(30)
final class LimiterListenerTest {
  private final TestScheduler clock = new TestScheduler();
  private final List<String> events = new CopyOnWriteArrayList<>();

  /** Writes each event as a line. */
  private final LimiterListener recorder =
      new LimiterListener() {
        @Override
        public void queued(Attempt attempt) {
          add(name(attempt) + " queued");
        }

        @Override
        public void started(Attempt attempt, Duration waited) {
          add(name(attempt) + " started after " + waited.toMillis());
        }

        @Override
        public void ended(
            Attempt attempt, Status status, Duration took, @Nullable Throwable error) {
          String why = error == null ? "" : ": " + error.getMessage();
          add(name(attempt) + " " + status + " after " + took.toMillis() + why);
        }

        @Override
        public void retried(Attempt attempt, Duration wait, IOException cause) {
          add(name(attempt) + " retried in " + wait.toMillis() + ": " + cause.getMessage());
        }

        @Override
        public void parked(Object lane, Duration pause) {
          add(lane + " parked for " + pause.toSeconds());
        }

        @Override
        public void outcome(Outcome<?, ?> outcome) {
          add("outcome " + outcome);
        }

        @Override
        public void closed() {
          add("closed");
        }

        private void add(String event) {
          events.add(clock.now(MILLISECONDS) + " " + event);
        }

        private String name(Attempt attempt) {
          return attempt.lane() + "/" + attempt.key() + "#" + attempt.number();
        }
      };

  private Policy policy(Limiter limiter) {
    return Policy.of(limiter).withSchedulers(IoSchedulers.shared().withTimer(clock));
  }

  @Test
  void tellsOfEachStep() {
    Limiter limiter = Limiter.of(1, Lanes.limit(1), clock);
    Disposable watching = limiter.watch(recorder);
    Work<String, String> work = key -> Maybe.just(key).delay(50, MILLISECONDS, clock);
    Pipeline.of(policy(limiter), work.withLane(key -> "host"))
        .runAll(Flowable.just("a", "b"))
        .test();
    clock.advanceTimeBy(1, SECONDS);
    watching.dispose();
    clock.triggerActions();
    assertEquals(
        List.of(
            "0 host/a#1 queued",
            "0 host/a#1 started after 0",
            "0 host/b#1 queued",
            "50 host/a#1 SUCCEEDED after 50",
            "50 host/b#1 started after 50",
            "50 outcome " + Outcome.success("a", "a"),
            "100 host/b#1 SUCCEEDED after 50",
            "100 outcome " + Outcome.success("b", "b"),
            "1000 closed"),
        events);
  }

  /** A journal notes the lane that the work names; a listener is told of those of the limiter. */
  @Test
  void withoutLanesAnAttemptHasNoneAlsoIfItIsJournalled() {
    Limiter limiter = Limiter.of(1);
    limiter.watch(recorder);
    List<Object> noted = new CopyOnWriteArrayList<>();
    Work<String, String> work = Maybe::just;
    Pipeline.of(policy(limiter), work.withLane(key -> "host"))
        .journalled(noted::add, (outcome, timings) -> String.valueOf(timings.lane()))
        .run("a")
        .test();
    assertEquals(List.of("host"), noted);
    Await.until(() -> events.size() >= 3, "three events");
    assertEquals("0 null/a#1 queued", events.get(0));
  }

  @Test
  void tellsOfRetriesAndPauses() {
    Limiter limiter = Limiter.of(1, Lanes.limit(1).withParking(Duration.ofMinutes(1)), clock);
    limiter.watch(recorder);
    AtomicInteger attempts = new AtomicInteger();
    Work<String, String> work =
        key ->
            Maybe.defer(
                () ->
                    attempts.incrementAndGet() == 1
                        ? Maybe.error(new CountingServer.Refused(Duration.ofSeconds(8)))
                        : Maybe.<String>empty());
    Pipeline.of(
            policy(limiter).withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ZERO))),
            work.withLane(key -> "host"))
        .run("a")
        .test();
    clock.advanceTimeBy(1, SECONDS);
    assertEquals("0 host/a#1 FAILED after 0: too many requests", events.get(2));
    assertTrue(events.get(3).matches("0 host parked for (8|9)"), events::toString);
    assertTrue(
        events.get(4).matches("0 host/a#1 retried in (8|9)\\d{3}: too many requests"),
        events::toString);
    clock.advanceTimeBy(1, SECONDS);
    clock.advanceTimeBy(1, HOURS);
    assertTrue(events.get(6).contains("host/a#2 started after"), events::toString);
    assertTrue(events.get(7).endsWith("host/a#2 NOT_FOUND after 0"), events::toString);
  }

  @Test
  void tellsOfCancelledAttempts() {
    Limiter limiter = Limiter.of(1, Lanes.limit(1), clock);
    limiter.watch(recorder);
    Work<String, String> work = key -> Maybe.never();
    TestSubscriber<?> subscriber =
        Pipeline.of(policy(limiter), work.withLane(key -> "host"))
            .runAll(Flowable.just("a", "b"))
            .test();
    clock.advanceTimeBy(20, MILLISECONDS);
    subscriber.cancel();
    clock.triggerActions();
    assertTrue(events.contains("20 host/a#1 CANCELLED after 20"), events::toString);
    assertTrue(events.contains("20 host/b#1 CANCELLED after 0"), events::toString);
  }

  @Test
  void tellsOfTimeouts() {
    Limiter limiter = Limiter.of(1, Lanes.limit(1), clock);
    limiter.watch(recorder);
    Work<String, String> work = key -> Maybe.never();
    Pipeline.of(policy(limiter).withAttemptTimeout(Duration.ofSeconds(3)), work).run("a").test();
    clock.advanceTimeBy(3, SECONDS);
    assertEquals("3000 null/a#1 FAILED after 3000: a: no answer within 3s", events.get(2));
  }

  @Test
  void tellsOfWorksWithoutKey() {
    Limiter limiter = Limiter.of(1, Lanes.limit(1), clock);
    limiter.watch(recorder);
    limiter.permit(Maybe.just("")).test();
    clock.triggerActions();
    assertEquals("0 null/null#1 SUCCEEDED after 0", events.get(2));
  }

  @Test
  void tellsOfWorksThatAreDisposedAtOnce() {
    Limiter limiter = Limiter.of(1, Lanes.limit(1), clock);
    limiter.watch(recorder);
    TestObserver<String> disposed = new TestObserver<>();
    disposed.dispose();
    limiter.permit(Maybe.just("")).subscribe(disposed);
    clock.triggerActions();
    assertEquals(List.of("0 null/null#1 queued", "0 null/null#1 CANCELLED after 0"), events);
  }

  @Test
  void theOutcomeIsThatOfTheWholePipeline() {
    Limiter limiter = Limiter.of(1, Lanes.limit(1), clock);
    limiter.watch(recorder);
    Pipeline.of(policy(limiter), (String key) -> Maybe.<String>never())
        .within(Duration.ofSeconds(5))
        .runAll(Flowable.just("a"))
        .test();
    clock.advanceTimeBy(5, SECONDS);
    assertTrue(
        events.get(events.size() - 1).contains("before the end of the run"), events::toString);
  }

  @Test
  void aListenerThatThrowsHarmsNoOther() {
    AtomicInteger reported = new AtomicInteger();
    RxJavaPlugins.setErrorHandler(e -> reported.incrementAndGet());
    try {
      Limiter limiter = Limiter.of(1, Lanes.limit(1), clock);
      limiter.watch(
          new LimiterListener() {
            @Override
            public void queued(Attempt attempt) {
              throw new StackOverflowError("a listener's own");
            }
          });
      limiter.watch(recorder);
      Pipeline.of(policy(limiter), (String key) -> Maybe.just(key))
          .runAll(Flowable.just("a", "b"))
          .test()
          .assertValueCount(2);
      clock.triggerActions();
      assertEquals(2, reported.get());
      assertEquals(8, events.size());
    } finally {
      RxJavaPlugins.setErrorHandler(null);
    }
  }

  @Test
  void aListenerThatBlocksHoldsUpNoAttempt() throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicLong missed = new AtomicLong();
    AtomicLong told = new AtomicLong();
    Limiter limiter = Limiter.of(2);
    Disposable watching =
        limiter.watch(
            new LimiterListener() {
              @Override
              public void queued(Attempt attempt) {
                told.incrementAndGet();
                try {
                  goOn.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }

              @Override
              public void missed(long events) {
                missed.addAndGet(events);
              }

              @Override
              public void started(Attempt attempt, Duration waited) {
                told.incrementAndGet();
              }

              @Override
              public void ended(
                  Attempt attempt, Status status, Duration took, @Nullable Throwable error) {
                told.incrementAndGet();
              }

              @Override
              public void outcome(Outcome<?, ?> outcome) {
                told.incrementAndGet();
              }

              @Override
              public void closed() {
                end.countDown();
              }
            });
    int keys = 50_000;
    Pipeline.of(Policy.of(limiter), (Integer key) -> Maybe.just(key))
        .runAll(Flowable.range(0, keys))
        .test()
        .assertValueCount(keys);
    goOn.countDown();
    watching.dispose();
    end.await();
    assertTrue(told.get() > ListenerQueue.CAPACITY, () -> told + " told");
    assertEquals(4L * keys, told.get() + missed.get());
  }
}
