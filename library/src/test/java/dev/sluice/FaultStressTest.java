package dev.sluice;

import static java.time.Duration.ofNanos;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;

/**
 * Several runs share one limiter on real threads, while works, disposals, steps and subscribers
 * throw Errors, block, time out and are cancelled. No permit may stay out, no run may hang, and a
 * run that completes has one outcome for each key.
 */
class FaultStressTest {
  private static final int LIMIT = 8;
  private static final int RUNS_AT_ONCE = 6;
  private static final String OURS = "thrown by this test";

  private final Limiter limiter = Limiter.of(LIMIT);
  private final IoSchedulers schedulers = IoSchedulers.shared();
  private final Scheduler network = schedulers.network();
  private final ExecutorService callers = Executors.newFixedThreadPool(RUNS_AT_ONCE);
  private final Queue<Throwable> others = new ConcurrentLinkedQueue<>();
  private final AtomicInteger blocked = new AtomicInteger();
  private final AtomicInteger mostBlocked = new AtomicInteger();

  @AfterEach
  void endCallers() {
    callers.shutdownNow();
  }

  @Test
  void noFaultKeepsAPermitOrLosesAnOutcome() {
    stress(40_000);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 20, unit = MINUTES)
  void noFaultOfAMillionOutcomesKeepsAPermitOrLosesAnOutcome() {
    stress(1_000_000);
  }

  private void stress(int outcomes) {
    RxJavaPlugins.setErrorHandler(this::undelivered);
    long got = 0;
    for (long seed = 1; got < outcomes; seed++) {
      List<Watcher> round = new ArrayList<>();
      Random random = new Random(seed);
      for (int i = 0; i < RUNS_AT_ONCE; i++) {
        round.add(begin(random));
      }
      for (Watcher watcher : round) {
        watcher.check(seed);
        got += watcher.got;
      }
    }
    limiter.permit(Maybe.just(1)).test().awaitDone(10, SECONDS).assertResult(1);
    Await.until(() -> limiter.inFlight() == 0, "no permit is out");
    assertTrue(mostBlocked.get() <= LIMIT, () -> mostBlocked + " blocking calls at once");
    assertTrue(others.isEmpty(), others::toString);
  }

  private void undelivered(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (!OURS.equals(cause.getMessage())) {
      others.add(e);
    }
  }

  private Watcher begin(Random random) {
    int keys = 1 + random.nextInt(300);
    Watcher watcher = new Watcher(keys, random);
    Flowable<? extends Outcome<Integer, Integer>> run = run(random, keys);
    callers.execute(
        () -> {
          try {
            run.subscribe(watcher);
          } catch (Throwable e) {
            undelivered(e);
          }
          // A subscriber may leave an interrupt behind.
          Thread.interrupted();
        });
    return watcher;
  }

  private Flowable<? extends Outcome<Integer, Integer>> run(Random random, int keys) {
    Policy policy =
        Policy.of(limiter)
            .withWindow(Window.of(LIMIT + random.nextInt(20)))
            .withAttemptTimeout(ofNanos(500_000 + random.nextInt(3_000_000)))
            .withItemTimeout(random.nextBoolean() ? Policy.FOREVER : Duration.ofMillis(5))
            .withRetry(
                Retry.upTo(1 + random.nextInt(3))
                    .withBackoff(failures -> ofNanos(failures * 50_000L)));
    // In half of the runs no work is a bug, so that they reach their end.
    boolean hasBugs = random.nextBoolean();
    Work<Integer, Integer> blocking =
        Work.blocking(key -> blockingCall(key, ThreadLocalRandom.current()));
    Pipeline<Integer, Integer> pipeline =
        Pipeline.of(policy, (Integer key) -> work(key, blocking, hasBugs));
    if (random.nextInt(3) == 0) {
      pipeline = pipeline.then((key, value) -> step(value, hasBugs));
    }
    Flowable<Integer> source = Flowable.range(0, keys);
    return switch (random.nextInt(4)) {
      case 0 -> pipeline.runAll(source);
      case 1 -> pipeline.runInOrder(source);
      case 2 -> pipeline.runOnDemand(source);
      default -> source.flatMapSingle(pipeline::run, false, 10);
    };
  }

  private Maybe<Integer> work(int key, Work<Integer, Integer> blocking, boolean hasBugs) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (hasBugs && random.nextInt(600) == 0) {
      return bug(random);
    }
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> Maybe.just(key);
      case 3 -> Maybe.empty();
      case 4 -> Maybe.error(new IOException(OURS));
      case 5 -> Maybe.just(key).subscribeOn(network);
      case 6 -> Maybe.<Integer>error(new IOException(OURS)).subscribeOn(network);
      case 7 -> Maybe.just(key).delay(random.nextInt(800), MICROSECONDS, schedulers.timer());
      case 8 -> blocking.attempt(key, schedulers);
      case 9 -> blocking.attempt(key, schedulers).map(value -> value).filter(value -> true);
      case 10 -> random.nextInt(4) == 0 ? throwsWhenDisposed() : Maybe.just(key);
      default -> random.nextInt(4) == 0 ? Maybe.never() : Maybe.empty();
    };
  }

  private static Maybe<Integer> bug(ThreadLocalRandom random) {
    Error error =
        switch (random.nextInt(3)) {
          case 0 -> new StackOverflowError(OURS);
          case 1 -> new NoClassDefFoundError(OURS);
          default -> new OutOfMemoryError(OURS);
        };
    return switch (random.nextInt(4)) {
      case 0 -> throw error;
      case 1 ->
          new Maybe<>() {
            @Override
            protected void subscribeActual(MaybeObserver<? super Integer> observer) {
              throw error;
            }
          };
      case 2 -> Maybe.<Integer>error(error).subscribeOn(IoSchedulers.shared().network());
      default ->
          Work.<Integer, Integer>blocking(
                  key -> {
                    throw error;
                  })
              .attempt(1, IoSchedulers.shared());
    };
  }

  private static Maybe<Integer> throwsWhenDisposed() {
    return Maybe.create(
        emitter ->
            emitter.setDisposable(
                Disposable.fromRunnable(
                    () -> {
                      if (ThreadLocalRandom.current().nextBoolean()) {
                        throw new IllegalStateException(OURS);
                      }
                      throw new LinkageError(OURS);
                    })));
  }

  private Integer blockingCall(int key, ThreadLocalRandom random) throws IOException {
    mostBlocked.accumulateAndGet(blocked.incrementAndGet(), Math::max);
    try {
      // Ignores an interrupt, as a lookup of the operating system does.
      long end = System.nanoTime() + (random.nextInt(20) == 0 ? 6_000_000 : 50_000);
      while (System.nanoTime() - end < 0) {
        LockSupport.parkNanos(end - System.nanoTime());
        if (Thread.interrupted()) {
          LockSupport.parkNanos(1_000_000);
        }
      }
      if (random.nextInt(4) == 0) {
        throw new IOException(OURS);
      }
      return key;
    } finally {
      blocked.decrementAndGet();
    }
  }

  private Single<Integer> step(int value, boolean hasBugs) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (hasBugs && random.nextInt(600) == 0) {
      return Single.error(new StackOverflowError(OURS));
    }
    return random.nextInt(3) == 0
        ? Single.<Integer>error(new IOException(OURS))
        : Single.just(value).subscribeOn(schedulers.disk());
  }

  /** A subscriber that cancels, throws, is slow or interrupts its thread. */
  private static final class Watcher implements FlowableSubscriber<Outcome<Integer, Integer>> {
    private final int keys;
    private final int cancelAt;
    private final int throwAt;
    private final int interruptAt;
    private final int slowAt;
    private final BitSet seen = new BitSet();
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable String fault;
    private volatile @Nullable Throwable error;
    private volatile boolean givenUp;
    private volatile int got;
    private @Nullable Subscription upstream;

    Watcher(int keys, Random random) {
      this.keys = keys;
      cancelAt = random.nextInt(4) == 0 ? 1 + random.nextInt(keys) : -1;
      throwAt = random.nextInt(8) == 0 ? 1 + random.nextInt(keys) : -1;
      interruptAt = random.nextInt(4) == 0 ? 1 + random.nextInt(keys) : -1;
      slowAt = random.nextInt(4) == 0 ? 1 + random.nextInt(keys) : -1;
    }

    @Override
    public void onSubscribe(Subscription s) {
      upstream = s;
      s.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Outcome<Integer, Integer> outcome) {
      if (inside.getAndIncrement() != 0) {
        fault = "two signals at once";
      }
      if (seen.get(outcome.key())) {
        fault = "two outcomes of " + outcome.key();
      }
      seen.set(outcome.key());
      int count = seen.cardinality();
      got = count;
      try {
        act(count);
      } finally {
        inside.decrementAndGet();
      }
    }

    private void act(int count) {
      if (count == slowAt) {
        LockSupport.parkNanos(3_000_000);
      }
      if (count == interruptAt) {
        Thread.currentThread().interrupt();
      }
      if (count == cancelAt || count == throwAt) {
        givenUp = true;
        over.countDown();
        if (upstream != null && count == cancelAt) {
          upstream.cancel();
        }
        if (count == throwAt) {
          throw new LinkageError(OURS);
        }
      }
    }

    @Override
    public void onError(Throwable e) {
      error = e;
      over.countDown();
    }

    @Override
    public void onComplete() {
      over.countDown();
    }

    void check(long seed) {
      try {
        assertTrue(
            over.await(10, SECONDS), () -> "seed " + seed + ": hangs after " + got + " of " + keys);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      assertEquals(null, fault, () -> "seed " + seed);
      Throwable e = error;
      if (e == null && !givenUp) {
        assertEquals(keys, got, () -> "seed " + seed);
      }
      while (e != null && e.getCause() != null) {
        e = e.getCause();
      }
      if (e != null) {
        assertEquals(OURS, e.getMessage(), () -> "seed " + seed);
      }
    }
  }
}
