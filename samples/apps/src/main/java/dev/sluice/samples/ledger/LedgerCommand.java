package dev.sluice.samples.ledger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Outcomes in a database. */
@Command(
    name = "ledger",
    description = "Keeps what became of names in a database, H2 in a file or PostgreSQL.",
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
        spec.commandLine(), "allowed are " + String.join(", ", spec.subcommands().keySet()));
  }
}
