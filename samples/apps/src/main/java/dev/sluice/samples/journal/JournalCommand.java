package dev.sluice.samples.journal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what journals say. */
@Command(
    name = "journal",
    description = "Shows what the journals of earlier runs (--journal) say.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    subcommands = {JournalReportCommand.class, JournalDiffCommand.class})
public final class JournalCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: allowed are " + String.join(", ", spec.subcommands().keySet()));
  }
}
