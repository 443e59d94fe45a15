package dev.sluice.samples.jobs;

import dev.sluice.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the jobs. */
@Command(
    name = "status",
    description = "Shows each job: its state, how many of its outcomes are done or failed, worker.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
final class StatusCommand implements Callable<Integer> {
  private static final String LINE = "%-16s %-8s %9s %9s  %s";

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final JobsOption place = new JobsOption();

  @Override
  public Integer call() throws IOException {
    List<JobState> states;
    try (JobTable table = JobTable.open(place.database())) {
      states = table.states();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (states.isEmpty()) {
      out.println("no jobs");
      return 0;
    }
    out.println(LINE.formatted("job", "state", "done", "failed", "worker"));
    for (JobState job : states) {
      String note = job.note().isEmpty() ? "" : " " + TerminalText.escaped(job.note());
      out.println(
          LINE.formatted(job.id(), job.state(), job.done(), job.failed(), job.worker() + note)
              .stripTrailing());
    }
    return 0;
  }
}
