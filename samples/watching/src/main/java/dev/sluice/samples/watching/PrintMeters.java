package dev.sluice.samples.watching;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Retry;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;

/** Downloads 20 flags into memory and prints the meters of the run. */
public final class PrintMeters {
  private PrintMeters() {}

  /**
   * Runs it.
   *
   * @param args where the flags are; by default, on the site of the book <i>Fluent Python</i>
   */
  public static void main(String... args) {
    URI source = URI.create(args.length > 0 ? args[0] : "https://www.fluentpython.com/data/flags");
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Limiter limiter = Limiter.of(8, Lanes.limit(4).withRate(Rate.perSecond(50)));
    Policy policy = Policy.of(limiter).withRetry(Retry.upTo(3));
    MeterListener listener = new MeterListener(meters);
    listener.watch(limiter);
    try (listener;
        Flags flags = Flags.inMemory(source, FlagOptions.of(policy))) {
      Flowable.fromIterable(CountryCode.mostPopulous())
          .compose(flags.images()::runAll)
          .blockingSubscribe();
    }
    System.out.println(meters.getMetersAsString());
  }
}
