package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same 20,000 flags in a JVM that is warmed up, over Netty and over OkHttp, by an interface and
 * by URL, in turn with curl.
 */
final class SteadyState implements Scenario {
  private static final int LIMIT = 200;
  private static final int WARM_UPS = 4;
  private static final Map<String, DownloadMethod> OURS = new LinkedHashMap<>();

  static {
    OURS.put("ours over Netty", DownloadMethod.NETTY);
    OURS.put("ours over OkHttp", DownloadMethod.SLUICE);
    OURS.put("URLs over Netty", DownloadMethod.URLS_NETTY);
    OURS.put("URLs over OkHttp", DownloadMethod.URLS);
  }

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
      for (DownloadMethod method : OURS.values()) {
        warm(method, job);
      }
    }
    ResultTable table = measure(stage, job, curl);
    table.print(stage.out());
    stage.judge(
        "Netty, share of curl's rate", table.ratioToOurs(curl.name()), TargetFigure.atLeast(1.0));
  }

  private static ResultTable measure(ScenarioContext stage, DownloadJob job, Contender curl)
      throws IOException, InterruptedException {
    Map<String, List<ResourceUsage>> usages = new LinkedHashMap<>();
    List<ResourceUsage> theirs = new ArrayList<>();
    for (int round = 0; round < stage.settings().runs(); round++) {
      for (Map.Entry<String, DownloadMethod> ours : OURS.entrySet()) {
        usages
            .computeIfAbsent(ours.getKey(), name -> new ArrayList<>())
            .add(warm(ours.getValue(), job));
      }
      if (curl.command().isPresent()) {
        job.clear();
        theirs.add(new ChildProcess(stage.scratch()).run(curl.command().get().line(job)));
        job.requireDone(curl.name());
      }
    }
    ResultTable table = new ResultTable(job.flags());
    usages.forEach(table::add);
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
