package dev.sluice.samples.hello;

import static java.time.Duration.ofMinutes;

import dev.sluice.IoSchedulers;
import dev.sluice.LaneStore;
import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;

/** Two limiters, as of two processes, keep the rate of one host together. */
public final class ShareRate {
  public static void main(String... args) {
    LaneStore store = LaneStore.inMemory(IoSchedulers.shared().timer());
    Lanes perHost =
        Lanes.limit(8).withRate(Rate.perSecond(20)).withParking(ofMinutes(1)).withStore(store);
    FlagOptions here = FlagOptions.of(Policy.of(Limiter.of(64, perHost)));
    FlagOptions there = FlagOptions.of(Policy.of(Limiter.of(64, perHost)));
    URI source = URI.create("https://www.fluentpython.com/data/flags");
    Flowable<CountryCode> codes = Flowable.fromIterable(CountryCode.mostPopulous());
    try (Flags one = Flags.inMemory(source, here);
        Flags other = Flags.inMemory(source, there)) {
      codes
          .take(10)
          .compose(one.images()::runAll)
          .mergeWith(codes.skip(10).compose(other.images()::runAll))
          .blockingForEach(outcome -> System.out.println("done: " + outcome.key()));
    }
  }
}
