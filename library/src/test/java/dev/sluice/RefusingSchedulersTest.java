package dev.sluice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.disk.Folder;
import dev.sluice.fetch.Download;
import dev.sluice.fetch.Downloads;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedulers of the user whose executor rejects tasks, such as one that is shut down. */
@Timeout(30)
class RefusingSchedulersTest {
  private final Deque<Throwable> reported = new ArrayDeque<>();

  /** RxJava reports each rejection itself, and returns as if the task were done. */
  @BeforeEach
  void watch() {
    RxJavaPlugins.setErrorHandler(
        e -> {
          assertInstanceOf(RejectedExecutionException.class, e.getCause());
          reported.add(e);
        });
  }

  private static Scheduler shutDown() {
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    executor.shutdown();
    return Schedulers.from(executor);
  }

  private static Policy policy(IoSchedulers schedulers) {
    return Policy.limit(1).withAttemptTimeout(Policy.FOREVER).withSchedulers(schedulers);
  }

  @Test
  void aBlockingWorkWithoutAThreadFails() {
    Policy policy = policy(IoSchedulers.shared().withNetwork(shutDown()));
    Pipeline.of(policy, Work.<String, String>blocking(key -> key))
        .run("x")
        .test()
        .awaitDone(5, SECONDS)
        .assertValue(
            outcome -> {
              IOException cause = assertInstanceOf(Outcome.Failure.class, outcome).cause();
              assertEquals(
                  "x: no thread: the network scheduler refused the call", cause.getMessage());
              return true;
            });
    assertEquals(0, policy.limiter().inFlight());
  }

  @Test
  void aRetryWithoutATimerEndsTheRun() {
    Policy policy =
        policy(IoSchedulers.shared().withTimer(shutDown()))
            .withRetry(Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ofMillis(1))));
    Work<String, String> failing = key -> Maybe.error(new IOException("down"));
    assertRejected(policy, failing);
  }

  @Test
  void anAttemptWithoutAClockEndsTheRun() {
    Policy policy =
        policy(IoSchedulers.shared().withTimer(shutDown())).withAttemptTimeout(ofSeconds(5));
    assertRejected(policy, key -> Maybe.never());
  }

  private static void assertRejected(Policy policy, Work<String, String> work) {
    Pipeline.of(policy, work)
        .run("x")
        .test()
        .awaitDone(5, SECONDS)
        .assertError(RejectedExecutionException.class);
    assertEquals(0, policy.limiter().inFlight());
  }

  /** The clock of all attempts sleeps for 5 s at most: its second task is the one that fails. */
  @ParameterizedTest
  @EnumSource
  void attemptsEndAlthoughTheirClockIsRefusedOnce(Refusal refusal) {
    FaultyTimer timer = new FaultyTimer(refusal, 2);
    Policy policy =
        Policy.limit(1)
            .withAttemptTimeout(ofMillis(5_500))
            .withSchedulers(IoSchedulers.shared().withTimer(timer));
    Pipeline.of(policy, (String key) -> Maybe.<String>never())
        .run("x")
        .test()
        .awaitDone(20, SECONDS)
        .assertValue(Outcome.Failure.class::isInstance);
    assertTrue(timer.hasRefused());
  }

  @ParameterizedTest
  @EnumSource
  void aLaneGoesOnAlthoughItsTimerRefusesATask(Refusal refusal) {
    for (int refused = 1; refused <= 2; refused++) {
      FaultyTimer timer = new FaultyTimer(refusal, refused);
      Lanes lanes = Lanes.limit(4).withRate(Rate.perSecond(20));
      Limiter limiter = Limiter.of(4, lanes, timer);
      Work<Integer, Integer> work = Maybe::just;
      Pipeline<Integer, Integer> pipeline =
          Pipeline.of(Policy.of(limiter), work.withLane(key -> "lane"));
      for (int run = 0; run < 2; run++) {
        Flowable.range(0, 5)
            .compose(pipeline::runAll)
            .test()
            .awaitDone(10, SECONDS)
            .assertValueCount(5)
            .assertComplete();
      }
      assertTrue(timer.hasRefused());
      assertEquals(0, limiter.inFlight());
    }
  }

  @ParameterizedTest
  @EnumSource
  void worksGoOnAlthoughNoOtherThreadTakesThem(Refusal refusal) {
    FaultyTimer timer = new FaultyTimer(refusal, 1);
    Limiter limiter = Limiter.of(1, Lanes.limit(1), timer);
    MaybeSubject<Integer> first = MaybeSubject.create();
    var holder = limiter.permit(first).test();
    var others =
        Flowable.range(0, 3_000)
            .flatMapMaybe(i -> limiter.permit(Maybe.just(i)), false, 3_000)
            .test();
    first.onSuccess(1);
    others.awaitDone(10, SECONDS).assertValueCount(3_000).assertComplete();
    holder.assertResult(1);
    assertTrue(timer.hasRefused());
    assertEquals(0, limiter.inFlight());
  }

  @ParameterizedTest
  @EnumSource
  void anAttemptGoesOnAlthoughItsHedgeIsRefused(Refusal refusal) {
    FaultyTimer timer = new FaultyTimer(refusal, 3);
    Policy policy =
        Policy.limit(2)
            .withAttemptTimeout(Policy.FOREVER)
            .withHedge(Hedge.after(ofSeconds(5)))
            .withSchedulers(IoSchedulers.shared().withTimer(timer));
    Work<Integer, Integer> work =
        key -> Maybe.just(key).delay(1, MILLISECONDS, IoSchedulers.shared().timer());
    Flowable.range(0, 10)
        .compose(Pipeline.of(policy, work)::runAll)
        .test()
        .awaitDone(10, SECONDS)
        .assertValueCount(10)
        .assertComplete();
    assertTrue(timer.hasRefused());
  }

  private enum Refusal {
    REJECTION,
    ERROR,
    SILENCE
  }

  /** Refuses one task. */
  private static final class FaultyTimer extends Scheduler {
    private final Refusal refusal;
    private final AtomicInteger left;

    FaultyTimer(Refusal refusal, int number) {
      this.refusal = refusal;
      this.left = new AtomicInteger(number);
    }

    boolean hasRefused() {
      return left.get() <= 0;
    }

    @Override
    public Disposable scheduleDirect(Runnable task) {
      return scheduleDirect(task, 0, NANOSECONDS);
    }

    @Override
    public Disposable scheduleDirect(Runnable task, long delay, TimeUnit unit) {
      if (left.decrementAndGet() != 0) {
        return IoSchedulers.shared().timer().scheduleDirect(task, delay, unit);
      }
      return switch (refusal) {
        case REJECTION -> throw new RejectedExecutionException("once");
        case ERROR -> throw new OutOfMemoryError("unable to create native thread");
        case SILENCE -> Disposable.disposed();
      };
    }

    @Override
    public Worker createWorker() {
      return IoSchedulers.shared().timer().createWorker();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 300_000})
  void filesAreWrittenWithoutADiskThread(int length, @TempDir Path folder) throws IOException {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
    Policy policy = policy(IoSchedulers.shared().withDisk(shutDown()));
    try (RawServer server = RawServer.saying((head + "x".repeat(length)).getBytes(US_ASCII));
        HttpClient client = HttpClient.at(server.base(), policy, HttpOptions.standard())) {
      Downloads.into(Folder.at(folder), client)
          .pipeline()
          .run(Download.of(server.base().resolve("file")))
          .test()
          .awaitDone(10, SECONDS)
          .assertValue(Outcome.Success.class::isInstance);
    }
    assertEquals(length, Files.size(folder.resolve("file")));
  }
}
