package dev.sluice.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** 600 flags with a delay of 100 ms each, 30 at once: 20 delays are the lower bound. */
final class DelayBound implements Scenario {
  private static final int FLAGS = 600;
  private static final int LIMIT = 30;
  private static final int WARM_UPS = 3;
  private static final Duration DELAY = Duration.ofMillis(100);

  @Override
  public void run(ScenarioContext stage) throws IOException {
    stage.out().println("delay-bound: 600 flags, 100 ms each, 30 at once, warm");
    try (DelayingServer server = DelayingServer.start(DELAY, FlagSizedGif.numbered(0))) {
      List<String> keys = FlagFolder.keys(FLAGS);
      DownloadJob job = DownloadJob.create(stage.scratch(), server.base(), keys, LIMIT);
      for (int i = 0; i < WARM_UPS; i++) {
        once(job);
      }
      List<ResourceUsage> runs = new ArrayList<>();
      for (int i = 0; i < stage.settings().runs(); i++) {
        runs.add(once(job));
      }
      report(stage, runs);
    }
  }

  private static ResourceUsage once(DownloadJob job) throws IOException {
    job.clear();
    ResourceUsage usage = InProcess.run(DownloadMethod.SLUICE, job);
    job.requireDone("ours");
    return usage;
  }

  private static void report(ScenarioContext stage, List<ResourceUsage> runs) {
    ResultTable table = new ResultTable(FLAGS);
    table.add("ours, warm", runs);
    table.print(stage.out());
    double least = Math.ceil((double) FLAGS / LIMIT) * DELAY.toMillis() / 1_000;
    String figure = String.format(Locale.ROOT, "times the least possible %.2f s", least);
    stage.judge(
        figure,
        OptionalDouble.of(table.medianSeconds("ours, warm") / least),
        TargetFigure.atMost(1.05));
  }
}
