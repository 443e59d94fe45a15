package dev.sluice.samples.hello;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.Tally;
import dev.sluice.disk.Folder;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;
import java.nio.file.Path;

/** Counts outcomes while a run goes on, and stops the run after 30 seconds. */
public final class CountOutcomes {
  public static void main(String... args) {
    URI source = URI.create("https://www.fluentpython.com/data/flags");
    Folder folder = Folder.at(Path.of("downloaded"));
    try (Flags flags = Flags.at(source, folder, FlagOptions.standard())) {
      flags
          .downloadAll(Flowable.fromIterable(CountryCode.mostPopulous()))
          .takeUntil(Flowable.timer(30, SECONDS))
          .scan(Tally.ZERO, Tally::plus)
          .blockingForEach(tally -> System.out.println(tally.succeeded() + " of " + tally.total()));
    }
  }
}
