package dev.sluice.benchmarks;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Retry;
import dev.sluice.Tally;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Requests to a server that announces a quota in {@code RateLimit} fields, of which the client
 * knows nothing before: {@code AnnouncedQuota [QUOTA [REQUESTS [RATE]]]}, such as {@code 1000/90s
 * 5000}, and the rate of the client, if it has one.
 */
public final class AnnouncedQuota {
  private AnnouncedQuota() {}

  public static void main(String[] args) throws IOException {
    String quota = args.length > 0 ? args[0] : "1000/90s";
    int requests = args.length > 1 ? Integer.parseInt(args[1]) : 5_000;
    Lanes lanes = Lanes.limit(20).withParking(Duration.ofMinutes(10));
    if (args.length > 2) {
      lanes = lanes.withRate(Rate.parse(args[2]));
    }
    try (ScratchFolder scratch = ScratchFolder.open();
        CountingFlagServer server = CountingFlagServer.start(scratch, "--quota=" + quota)) {
      measure(server, Rate.parse(quota), requests, lanes);
    }
    System.exit(0);
  }

  private static void measure(CountingFlagServer server, Rate quota, int requests, Lanes lanes)
      throws IOException {
    URI base = URI.create("http://127.0.0.1:" + server.port() + "/");
    Policy policy = Policy.of(Limiter.of(20, lanes)).withRetry(Retry.upTo(LimitPeers.TRIES));
    try (LaneClients clients = new LaneClients(policy, List.of(base))) {
      long start = System.nanoTime();
      Tally tally =
          clients
              .pipeline()
              .runAll(Flowable.just(LaneClients.flag(base)).repeat(requests))
              .reduce(Tally.ZERO, Tally::plus)
              .blockingGet();
      double seconds = (System.nanoTime() - start) / 1e9;
      // The requests of the last window begin at once.
      long windows = (requests - 1L) / quota.permits();
      double ideal = windows * quota.per().toNanos() / 1e9;
      System.out.printf(
          "%s, %d requests: %d right, %d answers 429, %.1f s, %.3f × the ideal %.1f s%n",
          quota,
          requests,
          tally.succeeded(),
          server.counts().refused(),
          seconds,
          seconds / ideal,
          ideal);
    }
  }
}
