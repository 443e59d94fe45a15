package dev.sluice.samples.ledger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps the outcomes of DNS probes in a database. */
@Command(
    name = "ledger",
    description = "Records the outcomes of DNS probes in a database: H2 in a file, or PostgreSQL.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    subcommands = {RecordCommand.class, ShowCommand.class, DiffCommand.class, DemoCommand.class})
public final class LedgerCommand implements Runnable {
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
