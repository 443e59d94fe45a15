package dev.sluice.samples.watching;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;

/**
 * Downloads 20 flags into memory and records the run, if the JVM does: {@code java
 * -XX:StartFlightRecording=filename=run.jfr …}.
 */
public final class RecordDownloads {
  private RecordDownloads() {}

  /**
   * Runs it.
   *
   * @param args where the flags are; by default, on the site of the book <i>Fluent Python</i>
   */
  public static void main(String... args) {
    URI source = URI.create(args.length > 0 ? args[0] : "https://www.fluentpython.com/data/flags");
    Limiter limiter = Limiter.of(8, Lanes.limit(4));
    Policy policy = Policy.of(limiter).withRetry(Retry.upTo(3));
    RecordingListener listener = new RecordingListener();
    listener.watch(limiter);
    try (listener;
        Flags flags = Flags.inMemory(source, FlagOptions.of(policy))) {
      Flowable.fromIterable(CountryCode.mostPopulous())
          .compose(flags.images()::runAll)
          .blockingForEach(System.out::println);
    }
  }
}
