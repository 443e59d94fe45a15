package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The same 20,000 flags in a JVM that is warmed up, with and without a journal, in turns. */
final class JournalCost implements Scenario {
  private static final int LIMIT = 200;
  private static final int WARM_UPS = 4;
  private static final String WITHOUT = "without";

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    stage.out().println("journal: 20,000 flags of 10 KB, 200 at once, warm");
    if (Nginx.installed().isEmpty()) {
      stage.out().println("skipped: nginx is not installed");
      return;
    }
    DownloadJob job =
        DownloadJob.create(stage.scratch(), stage.nginx().flags(), stage.flags().keys(), LIMIT);
    compare(stage, job, "by the interface", DownloadMethod.JOURNALLED, DownloadMethod.SLUICE);
    compare(stage, job, "by URL", DownloadMethod.URLS_JOURNALLED, DownloadMethod.URLS);
  }

  private static void compare(
      ScenarioContext stage,
      DownloadJob job,
      String kind,
      DownloadMethod journalled,
      DownloadMethod bare)
      throws IOException {
    for (int i = 0; i < WARM_UPS; i++) {
      warm(journalled, job);
      warm(bare, job);
    }
    List<ResourceUsage> with = new ArrayList<>();
    List<ResourceUsage> without = new ArrayList<>();
    for (int round = 0; round < stage.settings().runs(); round++) {
      with.add(warm(journalled, job));
      without.add(warm(bare, job));
    }
    ResultTable table = new ResultTable(job.flags());
    table.add("ours, with a journal", with);
    table.add(WITHOUT, without);
    stage.out().println(kind);
    table.print(stage.out());
    stage.judge(
        "share of the rate without a journal, " + kind,
        table.ratioToOurs(WITHOUT),
        TargetFigure.atLeast(0.95));
  }

  private static ResourceUsage warm(DownloadMethod downloads, DownloadJob job) throws IOException {
    job.clear();
    ResourceUsage usage = InProcess.run(downloads, job);
    job.requireDone(downloads.label());
    return usage;
  }
}
