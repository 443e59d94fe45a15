package dev.sluice.samples.hello;

import dev.sluice.disk.Folder;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import io.reactivex.rxjava3.core.Flowable;
import java.net.URI;
import java.nio.file.Path;

/** Downloads the flags of the 20 most populous countries, five at a time, into a folder. */
public final class DownloadFlags {
  public static void main(String... args) {
    URI source = URI.create("https://www.fluentpython.com/data/flags");
    Folder folder = Folder.at(Path.of("downloaded"));
    try (Flags flags = Flags.at(source, folder, FlagOptions.standard())) {
      flags
          .downloadAll(Flowable.fromIterable(CountryCode.mostPopulous()))
          .blockingForEach(System.out::println);
    }
  }
}
