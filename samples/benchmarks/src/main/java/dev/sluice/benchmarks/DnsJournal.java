package dev.sluice.benchmarks;

import io.reactivex.rxjava3.core.Completable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Names, of which half exist, in a JVM that is warmed up, with and without a journal, in turns. */
final class DnsJournal implements Scenario {
  private static final int LIMIT = 1_000;
  private static final int WARM_UPS = 2;
  private static final String WITHOUT = "without";

  @Override
  public void run(ScenarioContext stage) throws IOException {
    int names = stage.settings().dnsNames();
    stage.out().printf("dns-journal: %,d names, %,d at once, warm%n", names, LIMIT);
    if (Nsd.installed().isEmpty()) {
      stage.out().println("skipped: nsd is not installed");
      return;
    }
    DnsZone zone = new DnsZone(names / 2);
    Path file = zone.writeTo(stage.scratch().file("journal-zone"));
    List<String> shuffled = zone.shuffledNames();
    Path list = Files.write(stage.scratch().file("journal-names"), shuffled);
    try (Nsd nsd = Nsd.over(file, stage.scratch())) {
      ProbeJob job = new ProbeJob(nsd.port(), list.toString(), LIMIT);
      measure(stage, job, DnsZone.expected(shuffled));
    }
  }

  private static void measure(ScenarioContext stage, ProbeJob job, VerdictTotals expected)
      throws IOException {
    Path journal = stage.scratch().file("journal.ndjson");
    List<ResourceUsage> with = new ArrayList<>();
    List<ResourceUsage> without = new ArrayList<>();
    for (int round = -WARM_UPS; round < stage.settings().runs(); round++) {
      Files.deleteIfExists(journal);
      ResourceUsage journalled =
          timed(count -> SluiceProbes.runJournalled(job, journal, count), expected);
      requireLines(journal, expected.total());
      ResourceUsage plain = timed(count -> SluiceProbes.run(job, count), expected);
      if (round >= 0) {
        with.add(journalled);
        without.add(plain);
      }
    }
    ResultTable table = new ResultTable((int) expected.total());
    table.add("ours, with a journal", with);
    table.add(WITHOUT, without);
    table.print(stage.out());
    stage.judge(
        "share of the rate without a journal",
        table.ratioToOurs(WITHOUT),
        TargetFigure.atLeast(0.8));
  }

  private static ResourceUsage timed(
      Function<VerdictCounter, Completable> run, VerdictTotals expected) {
    VerdictCounter count = new VerdictCounter();
    ResourceUsage usage = InProcess.measured(() -> run.apply(count).blockingAwait());
    if (!count.verdicts().equals(expected)) {
      throw new IllegalStateException("wrong verdicts: " + count.verdicts());
    }
    return usage;
  }

  private static void requireLines(Path journal, long expected) throws IOException {
    try (Stream<String> lines = Files.lines(journal)) {
      long count = lines.count();
      if (count != expected) {
        throw new IllegalStateException(count + " lines for " + expected + " outcomes");
      }
    }
  }
}
