package dev.sluice.samples.jobs;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Jobs in a database, and workers that run them. */
@Command(
    name = "jobs",
    description = {
      "Keeps jobs in a database: PostgreSQL, or H2 in a file. A job is a 'fetch' or a 'probe' of a"
          + " list. Workers on any number of machines run them.",
      "A job of a worker that has died is taken over by another one, which resumes it from its"
          + " journal."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    subcommands = {AddCommand.class, WorkCommand.class, StatusCommand.class})
public final class JobsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /** The commands for jobs, which {@code queue} has as well. */
  public static List<Class<?>> subcommands() {
    return List.of(AddCommand.class, WorkCommand.class, StatusCommand.class);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: allowed are " + String.join(", ", spec.subcommands().keySet()));
  }
}
