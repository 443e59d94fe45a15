package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The same 20,000 flags in a JVM that is warmed up, over Netty and over OkHttp, in turn with curl.
 */
final class SteadyState implements Scenario {
  private static final int LIMIT = 200;
  private static final int WARM_UPS = 4;

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    stage.out().println("steady-state: 20,000 flags of 10 KB, 200 at once, ours warm");
    if (Nginx.installed().isEmpty()) {
      stage.out().println("skipped: nginx is not installed");
      return;
    }
    DownloadJob job =
        DownloadJob.create(stage.scratch(), stage.nginx().flags(), stage.flags().keys(), LIMIT);
    Contender curl = Contender.curl(stage.scratch());
    for (int i = 0; i < WARM_UPS; i++) {
      warm(DownloadMethod.SLUICE, job);
      warm(DownloadMethod.NETTY, job);
    }
    ResultTable table = measure(stage, job, curl);
    table.print(stage.out());
    stage.judge(
        "Netty, share of curl's rate", table.ratioToOurs(curl.name()), TargetFigure.atLeast(1.0));
  }

  private static ResultTable measure(ScenarioContext stage, DownloadJob job, Contender curl)
      throws IOException, InterruptedException {
    List<ResourceUsage> netty = new ArrayList<>();
    List<ResourceUsage> ours = new ArrayList<>();
    List<ResourceUsage> theirs = new ArrayList<>();
    for (int round = 0; round < stage.settings().runs(); round++) {
      netty.add(warm(DownloadMethod.NETTY, job));
      ours.add(warm(DownloadMethod.SLUICE, job));
      if (curl.command().isPresent()) {
        job.clear();
        theirs.add(new ChildProcess(stage.scratch()).run(curl.command().get().line(job)));
        job.requireDone(curl.name());
      }
    }
    ResultTable table = new ResultTable(job.flags());
    table.add("ours over Netty", netty);
    table.add("ours over OkHttp", ours);
    table.add(curl.name(), theirs);
    return table;
  }

  private static ResourceUsage warm(DownloadMethod method, DownloadJob job) throws IOException {
    job.clear();
    ResourceUsage usage = InProcess.run(method, job);
    job.requireDone("ours");
    return usage;
  }
}
