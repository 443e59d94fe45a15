package dev.sluice.benchmarks;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Retry;
import dev.sluice.Tally;
import dev.sluice.Window;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.Flag;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The library in this process: a client for each host, and one limiter with a lane for each. */
final class LaneDownloads implements LimitedDownloads {
  @Override
  public int right(List<URI> flags) {
    Lanes lanes =
        Lanes.limit(4)
            .withRate(Rate.perSecond(LimitPeers.PER_SECOND))
            .withParking(Duration.ofMinutes(1));
    Policy policy =
        Policy.of(Limiter.of(LimitPeers.AT_ONCE, lanes))
            .withRetry(Retry.upTo(LimitPeers.TRIES))
            .withWindow(Window.of(1_000));
    Map<URI, List<URI>> hosts =
        flags.stream().collect(Collectors.groupingBy(flag -> flag.resolve("/flags")));
    List<Flags> clients = new ArrayList<>();
    try {
      List<Flowable<Outcome<CountryCode, Flag>>> runs = new ArrayList<>();
      hosts.forEach(
          (base, ofHost) -> {
            Flags client = Flags.inMemory(base, FlagOptions.of(policy));
            clients.add(client);
            runs.add(
                client.images().runAll(Flowable.fromIterable(ofHost).map(LaneDownloads::code)));
          });
      Tally tally = Flowable.merge(runs, runs.size()).reduce(Tally.ZERO, Tally::plus).blockingGet();
      return Math.toIntExact(tally.succeeded());
    } finally {
      clients.forEach(Flags::close);
    }
  }

  private static CountryCode code(URI flag) {
    String path = flag.getPath();
    return CountryCode.of(path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.')));
  }
}
