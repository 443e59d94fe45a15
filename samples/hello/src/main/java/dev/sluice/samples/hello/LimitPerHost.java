package dev.sluice.samples.hello;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;

/** At each host 2 requests at once and 10 a second, 64 at once in all; 30 seconds for the run. */
public final class LimitPerHost {
  public static void main(String... args) {
    Lanes perHost = Lanes.limit(2).withRate(Rate.perSecond(10)).withParking(ofMinutes(1));
    Limiter limiter = Limiter.of(64, perHost);
    URI source = URI.create("https://www.fluentpython.com/data/flags");
    try (Flags flags = Flags.inMemory(source, FlagOptions.of(Policy.of(limiter)))) {
      Flowable.fromIterable(CountryCode.mostPopulous())
          .compose(flags.images().within(ofSeconds(30))::runAll)
          .blockingForEach(outcome -> System.out.println(outcome.key() + ": " + limiter.usage()));
    }
  }
}
