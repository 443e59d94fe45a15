package dev.sluice.samples.ledger;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows transactions and a cursor in a database in memory. */
@Command(
    name = "demo",
    description = {
      "Shows a transaction by hand, the same as a resource, and a cursor row by row.",
      "Uses a database of its own in memory."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class DemoCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    new TransactionDemo(spec.commandLine().getOut()).run();
    return 0;
  }
}
