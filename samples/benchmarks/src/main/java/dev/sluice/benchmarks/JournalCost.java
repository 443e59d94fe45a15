package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The same 20,000 flags in a JVM that is warmed up, with and without a journal. Both take short
 * turns, because the speed of a machine changes within seconds by more than a journal costs. For
 * the same reason, each run with a journal is compared with the one that took turns with it.
 */
final class JournalCost implements Scenario {
  private static final int LIMIT = 200;
  private static final int TURNS = 10;
  private static final int WARM_UPS = 2 * TURNS;
  private static final String WITHOUT = "without";

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    stage.out().println("journal: 20,000 flags of 10 KB, 200 at once, warm");
    if (Nginx.installed().isEmpty()) {
      stage.out().println("skipped: nginx is not installed");
      return;
    }
    List<String> keys = stage.flags().keys();
    DownloadJob turn =
        DownloadJob.create(
            stage.scratch(), stage.nginx().flags(), keys.subList(0, keys.size() / TURNS), LIMIT);
    compare(stage, turn, "by the interface", DownloadMethod.JOURNALLED, DownloadMethod.SLUICE);
    compare(stage, turn, "by URL", DownloadMethod.URLS_JOURNALLED, DownloadMethod.URLS);
  }

  private static void compare(
      ScenarioContext stage,
      DownloadJob turn,
      String kind,
      DownloadMethod journalled,
      DownloadMethod bare)
      throws IOException {
    for (int i = 0; i < WARM_UPS; i++) {
      warm(journalled, turn);
      warm(bare, turn);
    }
    List<ResourceUsage> with = new ArrayList<>();
    List<ResourceUsage> without = new ArrayList<>();
    for (int round = 0; round < stage.settings().runs(); round++) {
      ResourceUsage withJournal = warm(journalled, turn);
      ResourceUsage withoutJournal = warm(bare, turn);
      for (int i = 1; i < TURNS; i++) {
        // Each side goes first as often as the other.
        if (i % 2 == 0) {
          withJournal = withJournal.plus(warm(journalled, turn));
          withoutJournal = withoutJournal.plus(warm(bare, turn));
        } else {
          withoutJournal = withoutJournal.plus(warm(bare, turn));
          withJournal = withJournal.plus(warm(journalled, turn));
        }
      }
      with.add(withJournal);
      without.add(withoutJournal);
    }
    ResultTable table = new ResultTable(TURNS * turn.flags());
    table.add("ours, with a journal", with);
    table.add(WITHOUT, without);
    stage.out().println(kind);
    table.print(stage.out());
    stage.judge(
        "share of the rate without a journal, " + kind,
        OptionalDouble.of(table.medianOfRatiosToOurs(WITHOUT)),
        TargetFigure.atLeast(0.95));
  }

  private static ResourceUsage warm(DownloadMethod downloads, DownloadJob job) throws IOException {
    job.clear();
    ResourceUsage usage = InProcess.run(downloads, job);
    job.requireDone(downloads.label());
    return usage;
  }
}
