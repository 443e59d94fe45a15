package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.List;

/** 20,000 flags, 200 at once, as whole processes, from a server that answers without delay. */
final class CpuBound implements Scenario {
  private static final int LIMIT = 200;

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    stage.out().println("cpu-bound: 20,000 flags of 10 KB, 200 at once, whole processes, cold");
    if (Nginx.installed().isEmpty()) {
      stage.out().println("skipped: nginx is not installed");
      return;
    }
    DownloadJob job =
        DownloadJob.create(stage.scratch(), stage.nginx().flags(), stage.flags().keys(), LIMIT);
    ResultTable table =
        new Comparison(contenders(stage), job, stage.settings().runs()).run(stage.scratch());
    table.print(stage.out());
    stage.judge("times as fast as httpx", table.ratioToOurs("httpx"), TargetFigure.atLeast(8));
    stage.judge("times as fast as aiohttp", table.ratioToOurs("aiohttp"), TargetFigure.atLeast(2));
  }

  private static List<Contender> contenders(ScenarioContext stage) {
    return List.of(
        Contender.java(DownloadMethod.SLUICE, stage.settings().javaOptions()),
        Contender.java(DownloadMethod.BARE, stage.settings().javaOptions()),
        Contender.curl(stage.scratch()),
        Contender.python("aiohttp", stage.scratch()),
        Contender.python("httpx", stage.scratch()));
  }
}
