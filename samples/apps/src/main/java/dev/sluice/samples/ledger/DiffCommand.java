package dev.sluice.samples.ledger;

import dev.sluice.samples.CtrlC;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what changed between two recordings. */
@Command(
    name = "diff",
    description = {
      "Shows what changed between the last two recordings of each name.",
      "Recordings in which the name is unknown do not count."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class DiffCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final LedgerOption ledger = new LedgerOption();

  @Override
  public Integer call() throws IOException {
    DatabaseUrl place = ledger.place(spec);
    try (CtrlC ctrlC = CtrlC.watch()) {
      return new ShowRun(place, spec.commandLine().getOut()).changes(ctrlC);
    }
  }
}
