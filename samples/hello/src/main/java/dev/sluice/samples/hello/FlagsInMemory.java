package dev.sluice.samples.hello;

import dev.sluice.Outcome;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;

/** Fetches flags into memory; the first one that does not come ends the run. */
public final class FlagsInMemory {
  public static void main(String... args) {
    URI source = URI.create("https://www.fluentpython.com/data/flags");
    try (Flags flags = Flags.inMemory(source, FlagOptions.standard())) {
      Flowable.just("br", "vn", "us")
          .compose(flags.imagesOfText()::runAll)
          .map(Outcome::orElseThrow)
          .blockingForEach(flag -> System.out.println(flag.code() + " " + flag.gif().length));
    }
  }
}
