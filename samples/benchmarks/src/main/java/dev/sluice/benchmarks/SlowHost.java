package dev.sluice.benchmarks;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Window;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * How much one slow host delays 19 others in one run, at 10 requests a second from each: {@code
 * SlowHost [PER_HOST]}, the number of requests to each host (200).
 */
public final class SlowHost {
  private static final int HOSTS = 20;
  private static final int PER_HOST = 200;
  private static final int WARM_UP = 10;

  private SlowHost() {}

  public static void main(String[] args) throws IOException {
    int perHost = args.length == 0 ? PER_HOST : Integer.parseInt(args[0]);
    try (ScratchFolder scratch = ScratchFolder.open();
        CountingFlagServer quick = CountingFlagServer.start(scratch);
        CountingFlagServer slow = CountingFlagServer.start(scratch, "--delay=5s")) {
      seconds(quick.port(), quick.port(), WARM_UP);
      double without = seconds(quick.port(), quick.port(), perHost);
      double with = seconds(quick.port(), slow.port(), perHost);
      System.out.printf(
          "19 hosts, %d requests each: %.2f s beside a quick host, %.2f s beside one that answers"
              + " after 5 s: %+.2f %%%n",
          perHost, without, with, (with / without - 1) * 100);
    }
    System.exit(0);
  }

  /** Until 19 hosts have answered all their requests; the last one may be at another port. */
  private static double seconds(int port, int lastPort, int perHost) {
    List<URI> servers = new ArrayList<>();
    for (int host = 1; host <= HOSTS; host++) {
      servers.add(
          URI.create("http://127.0.0.%d:%d/".formatted(host, host == HOSTS ? lastPort : port)));
    }
    URI last = servers.get(HOSTS - 1);
    Lanes lanes = Lanes.limit(2).withRate(Rate.perSecond(LimitPeers.PER_SECOND));
    Policy policy =
        Policy.of(Limiter.of(LimitPeers.AT_ONCE, lanes)).withWindow(Window.of(HOSTS * perHost));
    try (LaneClients clients = new LaneClients(policy, servers)) {
      long start = System.nanoTime();
      clients
          .pipeline()
          .runAll(Flowable.fromIterable(servers).repeat(perHost).map(LaneClients::flag))
          .filter(outcome -> !outcome.key().getAuthority().equals(last.getAuthority()))
          .map(outcome -> outcome.orElseThrow())
          .take((HOSTS - 1L) * perHost)
          .ignoreElements()
          .blockingAwait();
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
