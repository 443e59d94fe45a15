package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Five times as many flags in the same small heap: memory must not grow with them. */
final class FlatMemory implements Scenario {
  private static final int FEW = 20_000;
  private static final int MANY = 100_000;
  private static final int LIMIT = 200;
  private static final String HEAP = "-Xmx64m";

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    stage.out().println("flat-memory: 20,000 and 100,000 flags, 200 at once, " + HEAP);
    if (Nginx.installed().isEmpty()) {
      stage.out().println("skipped: nginx is not installed");
      return;
    }
    for (int flags : new int[] {FEW, MANY}) {
      once(stage, flags);
    }
  }

  private static void once(ScenarioContext stage, int flags)
      throws IOException, InterruptedException {
    List<String> keys = FlagFolder.keys(flags);
    DownloadJob job = DownloadJob.create(stage.scratch(), stage.nginx().sameFlag(), keys, LIMIT);
    job.clear();
    List<String> options = new ArrayList<>(stage.settings().javaOptions());
    options.add(HEAP);
    Contender ours = Contender.java(DownloadMethod.SLUICE, options);
    ChildProcess child = new ChildProcess(stage.scratch());
    ResourceUsage usage = child.run(ours.command().orElseThrow().line(job));
    job.requireDone(ours.name());
    stage
        .out()
        .printf(
            "%,d keys in, %,d outcomes and files out, %.1f s, peak %s MB%n",
            flags,
            Long.parseLong(child.output().trim()),
            usage.seconds(),
            usage.peakMegabytes().isPresent()
                ? Math.round(usage.peakMegabytes().getAsDouble())
                : "?");
    job.clear();
  }
}
