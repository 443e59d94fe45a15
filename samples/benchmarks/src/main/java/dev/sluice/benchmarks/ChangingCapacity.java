package dev.sluice.benchmarks;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Outcome.Success;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.Work;
import dev.sluice.http.HttpClient;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An adaptive lane at a server that bears 200, then 20, then 200 requests at once for 20 s each,
 * accepts no connection for 60 s, and then bears 200 again. Each takes 100 ms. The first run has
 * keys that are all well-formed, in the second one a tenth is malformed: {@code ChangingCapacity}.
 */
public final class ChangingCapacity {
  private static final double PER_SECOND = 10;

  private final AtomicLong answered = new AtomicLong();
  private final CountingFlagServer server;
  private final long start = System.nanoTime();

  private ChangingCapacity(CountingFlagServer server) {
    this.server = server;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println("| malformed | part of | 200 | 20 | 200 | 10 s after | 20 s after |");
    System.out.println("|---|---|--:|--:|--:|--:|--:|");
    try (ScratchFolder scratch = ScratchFolder.open()) {
      for (int malformed : new int[] {0, 10}) {
        try (CountingFlagServer server =
            CountingFlagServer.start(
                scratch,
                "--delay=100ms",
                "--capacity=200,20,200",
                "--every=20s",
                "--outage=60s",
                "--after=60s")) {
          new ChangingCapacity(server).run(malformed);
        }
      }
    }
    System.exit(0);
  }

  private void run(int malformed) throws InterruptedException {
    URI base = URI.create("http://127.0.0.1:" + server.port() + "/");
    Policy policy =
        Policy.of(Limiter.of(1_000, Lanes.limit(1_000).withAdaptive(1)))
            .withRetry(Retry.upTo(LimitPeers.TRIES));
    try (LaneClients clients = new LaneClients(policy, List.of(base))) {
      Work<Integer, Integer> work =
          key ->
              key % 100 < malformed
                  ? Maybe.error(new IOException("malformed"))
                  : clients.work().attempt(LaneClients.flag(base));
      Disposable run =
          Pipeline.of(policy, work.withLane(key -> HttpClient.lane(base)))
              .runAll(Flowable.range(0, Integer.MAX_VALUE))
              .filter(outcome -> outcome instanceof Success)
              .subscribe(outcome -> answered.incrementAndGet());
      System.out.printf(
          "| %d %% | capacity | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
          malformed,
          use(200, 10, 20),
          use(20, 30, 40),
          use(200, 50, 60),
          use(200, 120, 130),
          use(200, 130, 140));
      run.dispose();
    }
  }

  /** Answers between these seconds, as a part of what the capacity allows. */
  private double use(int capacity, int from, int to) throws InterruptedException {
    sleepUntil(from);
    long before = answered.get();
    sleepUntil(to);
    return (answered.get() - before) / (PER_SECOND * (to - from) * capacity);
  }

  private void sleepUntil(int seconds) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(start + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime());
  }
}
