package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The same 20,000 flags in a JVM that has been at it for a while, in turn with curl. */
final class SteadyState implements Scenario {
  private static final int LIMIT = 200;
  private static final int WARM_UPS = 4;

  @Override
  public void run(Stage stage) throws IOException, InterruptedException {
    stage.out().println("steady-state: 20,000 flags of 10 KB, 200 at once, ours warm");
    if (Nginx.installed().isEmpty()) {
      stage.out().println("skipped: nginx is not installed");
      return;
    }
    Job job = Job.create(stage.scratch(), stage.nginx().flags(), stage.flags().keys(), LIMIT);
    Contender curl = Contender.curl(stage.scratch());
    for (int i = 0; i < WARM_UPS; i++) {
      warm(job);
    }
    Table table = measure(stage, job, curl);
    table.print(stage.out());
    stage.judge("share of curl's rate", table.ratioToOurs(curl.name()), Target.atLeast(0.75));
  }

  private static Table measure(Stage stage, Job job, Contender curl)
      throws IOException, InterruptedException {
    List<Usage> ours = new ArrayList<>();
    List<Usage> theirs = new ArrayList<>();
    for (int round = 0; round < stage.settings().runs(); round++) {
      ours.add(warm(job));
      if (curl.command().isPresent()) {
        job.clear();
        theirs.add(new Child(stage.scratch()).run(curl.command().get().line(job)));
        job.requireDone(curl.name());
      }
    }
    Table table = new Table(job.flags());
    table.add("ours, warm", ours);
    table.add(curl.name(), theirs);
    return table;
  }

  private static Usage warm(Job job) throws IOException {
    job.clear();
    Usage usage = InProcess.run(Downloads.SLUICE, job);
    job.requireDone("ours");
    return usage;
  }
}
