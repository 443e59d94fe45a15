package dev.sluice;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lane that finds out how much its server bears, in virtual time. */
@Timeout(60)
final class AdaptiveLanesTest {
  private static final int SEEDS = 1_000;

  /** Bears so many requests at once, and refuses the others after the same time. */
  private static final class Server {
    private final TestScheduler clock;
    private final Random random;
    private int capacity = 200;
    private int inFlight;
    private int answered;

    Server(TestScheduler clock, long seed) {
      this.clock = clock;
      this.random = new Random(seed);
    }

    Maybe<Integer> ask(int key) {
      return Maybe.defer(
          () -> {
            inFlight++;
            boolean accepted = inFlight <= capacity;
            Maybe<Integer> answer =
                accepted ? Maybe.just(key) : Maybe.error(new CountingServer.Refused(Duration.ZERO));
            return answer
                .delay(80 + random.nextInt(40), MILLISECONDS, clock, true)
                // Before the client hears of it, and begins its next request.
                .doOnEvent((value, error) -> inFlight--)
                .doOnDispose(() -> inFlight--)
                .doOnSuccess(value -> answered++);
          });
    }

    /** Answers within this time, as a part of what the capacity allows. */
    double use(int seconds) {
      int before = answered;
      for (int i = 0; i < seconds * 100; i++) {
        clock.advanceTimeBy(10, MILLISECONDS);
      }
      return (answered - before) / (seconds * 10.0 * capacity);
    }
  }

  private static Disposable run(Server server, int malformed) {
    Limiter limiter = Limiter.of(1_000, Lanes.limit(1_000).withAdaptive(1), server.clock);
    Work<Integer, Integer> work =
        key -> key % 100 < malformed ? Maybe.error(new IOException("malformed")) : server.ask(key);
    return Pipeline.of(
            Policy.of(limiter)
                .withSchedulers(IoSchedulers.shared().withTimer(server.clock))
                .withAttemptTimeout(Policy.FOREVER),
            work.withLane(key -> "host"))
        .runAll(Flowable.range(0, Integer.MAX_VALUE))
        .subscribe();
  }

  private static void assertNear(double expected, double actual, String what) {
    assertTrue(Math.abs(actual - expected) <= 0.2, () -> what + ": " + actual);
  }

  @Test
  void aLaneFollowsTheCapacityOfItsServer() {
    Server server = new Server(new TestScheduler(), 1);
    Disposable run = run(server, 10);
    server.use(10);
    assertNear(1, server.use(10), "200 at first");
    server.capacity = 20;
    server.use(10);
    assertNear(1, server.use(10), "down to 20");
    server.capacity = 200;
    server.use(10);
    assertNear(1, server.use(10), "up to 200");
    server.capacity = 0;
    server.clock.advanceTimeBy(60, SECONDS);
    server.capacity = 200;
    server.use(10);
    assertTrue(server.use(10) >= 0.9, "after the outage");
    run.dispose();
    assertEquals(0, server.inFlight);
  }

  @Test
  void malformedKeysChangeNothing() {
    int[] answered = new int[2];
    for (int i = 0; i < 2; i++) {
      Server server = new Server(new TestScheduler(), 1);
      Disposable run = run(server, 10 * i);
      server.use(10);
      server.capacity = 20;
      server.use(10);
      answered[i] = server.answered;
      run.dispose();
    }
    assertEquals(answered[0], answered[1]);
  }

  @Test
  void noLaneStaysAtItsLeastLimit() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Server server = new Server(new TestScheduler(), seed);
      server.capacity = 5;
      Disposable run = run(server, 10);
      server.use(2);
      server.capacity = 0;
      server.use(3);
      server.capacity = 5;
      server.use(5);
      double use = server.use(3);
      int now = seed;
      assertTrue(use >= 0.7, () -> "seed " + now + ": " + use);
      run.dispose();
    }
  }
}
