package dev.sluice.samples.hello;

import dev.sluice.disk.Folder;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.FlagOptions;
import dev.sluice.flags.Flags;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalIndex;
import dev.sluice.journal.RunReport;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Downloads what an earlier run has not, and says where the time went. */
public final class ResumeRun {
  public static void main(String... args) throws IOException {
    URI source = URI.create("https://www.fluentpython.com/data/flags");
    Folder folder = Folder.at(Path.of("downloaded"));
    Path file = Path.of("flags.ndjson");
    RunReport.Builder report = RunReport.builder();
    try (Flags flags = Flags.at(source, folder, FlagOptions.standard());
        Journal journal = Journal.open(file)) {
      Flowable<CountryCode> all = Flowable.fromIterable(CountryCode.mostPopulous());
      JournalIndex.of(file)
          .remaining(all, Flags.journalCodec())
          .compose(flags.downloads().journalled(journal.and(report), Flags.journalCodec())::runAll)
          .blockingForEach(System.out::println);
    }
    System.out.println(report.build().bottleneck());
  }
}
