package dev.sluice;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofNanos;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many keys on many threads at once. Random numbers have a fixed seed. */
class KeyRunStressTest {
  private final Scheduler timer = IoSchedulers.shared().timer();
  private final InFlight inFlight = new InFlight();

  @Test
  void aMillionKeysThatSucceedAtOnceNeedNoStack() {
    Pipeline.of(policy(Limiter.of(100)), (Integer key) -> Maybe.just(key))
        .runAll(Flowable.range(0, 1_000_000))
        .reduce(Tally.ZERO, Tally::plus)
        .test()
        .awaitDone(20, SECONDS)
        .assertResult(new Tally(1_000_000, 0, 0));
  }

  @Test
  void aHundredThousandRetriesWithoutBackOffNeedNoStack() {
    Limiter limiter = Limiter.of(10);
    Retry again = Retry.upTo(100_000).withBackoff(Backoff.fixed(ZERO));
    AtomicInteger attempts = new AtomicInteger();
    Work<String, Integer> work =
        key -> {
          attempts.incrementAndGet();
          return Maybe.error(new IOException("no"));
        };
    Policy stubborn = policy(limiter).withRetry(again);
    Pipeline.of(stubborn, work)
        .run("x")
        .test()
        .awaitDone(20, SECONDS)
        .assertValue(
            outcome -> outcome instanceof Outcome.Failure<?, ?> f && f.attempts() == 100_000);
    Pipeline.of(policy(limiter).withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(ZERO))), work)
        .runAll(Flowable.range(0, 50_000).map(String::valueOf))
        .reduce(Tally.ZERO, Tally::plus)
        .test()
        .awaitDone(20, SECONDS)
        .assertResult(new Tally(0, 0, 50_000));
    assertEquals(200_000, attempts.get());
    assertEquals(0, limiter.inFlight());
  }

  @Test
  void everyKeyHasOneOutcomeOnAnyThread() {
    Limiter limiter = Limiter.of(5);
    Random random = new Random(11);
    Retry some = Retry.upTo(4).withBackoff(failures -> ofNanos(failures % 2 * 1_000L));
    Pipeline<Integer, Integer> pipeline =
        Pipeline.of(policy(limiter).withRetry(some), key -> inFlight.count(anyEnd(random, key)));
    Flowable.range(0, 4)
        .flatMap(run -> pipeline.runAll(Flowable.range(0, 10_000)), false, 4)
        .reduce(Tally.ZERO, Tally::plus)
        .test()
        .awaitDone(25, SECONDS)
        .assertValue(tally -> tally.total() == 40_000);
    assertTrue(inFlight.peak() <= 5, () -> "peak " + inFlight.peak());
    assertEquals(0, limiter.inFlight());
  }

  @Test
  void everyPermitComesBackAfterRandomCancellations() {
    Limiter limiter = Limiter.of(3);
    Random random = new Random(13);
    Retry many = Retry.upTo(50).withBackoff(failures -> ofNanos(failures % 3 * 5_000L));
    Policy hasty = policy(limiter).withRetry(many).withItemTimeout(ofNanos(200_000));
    Pipeline<Integer, Integer> pipeline = Pipeline.of(hasty, key -> anyEnd(random, key));
    List<Disposable> runs = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      runs.add(pipeline.runAll(Flowable.range(0, 20)).subscribe());
      if (runs.size() > 3) {
        runs.remove(random.nextInt(runs.size())).dispose();
      }
    }
    runs.forEach(Disposable::dispose);
    // Another thread may still be giving back the permit of a disposed key.
    limiter.permit(Maybe.just(1)).test().awaitDone(10, SECONDS).assertResult(1);
    Await.until(() -> limiter.inFlight() == 0, "no permit is out");
  }

  /** Ends at once or later, on this thread or another, with a value, empty or failed. */
  private Maybe<Integer> anyEnd(Random random, int key) {
    Maybe<Integer> end =
        switch (random.nextInt(4)) {
          case 0 -> Maybe.just(key);
          case 1 -> Maybe.empty();
          default -> Maybe.error(new IOException("no"));
        };
    return switch (random.nextInt(4)) {
      case 0, 1 -> end;
      case 2 -> end.subscribeOn(IoSchedulers.shared().network());
      default -> end.delaySubscription(random.nextInt(50), MICROSECONDS, timer);
    };
  }

  private static Policy policy(Limiter limiter) {
    return Policy.of(limiter).withAttemptTimeout(Policy.FOREVER);
  }
}
