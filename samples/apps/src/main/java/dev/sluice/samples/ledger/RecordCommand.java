package dev.sluice.samples.ledger;

import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import dev.sluice.samples.apps.RequestOptions;
import dev.sluice.samples.domains.NameProbeOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Probes names and stores the outcomes. */
@Command(
    name = "record",
    description = {
      "Finds out which names exist, and stores every outcome.",
      "An interrupted recording is continued when the same names are given again."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all stored, and no name is unknown",
      "  1  some names are unknown, or not all could be stored",
      "  2  a usage error",
      "  130  interrupted by Ctrl-C; what had come is stored"
    })
public final class RecordCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final LedgerOption ledger = new LedgerOption();
  @Mixin private final NameProbeOptions probing = new NameProbeOptions();

  @Option(
      names = "--attempts",
      paramLabel = "N",
      defaultValue = "2",
      converter = RequestOptions.Tries.class,
      description =
          "At most this many rounds of --tries before a name is unknown."
              + " Default: ${DEFAULT-VALUE}.")
  private int attempts;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "500",
      converter = Batch.class,
      description = "The number of outcomes in one transaction. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--anew",
      description = "Begin a new recording, even if the last one was interrupted.")
  private boolean anew;

  @Override
  public Integer call() throws IOException {
    probing.check(spec);
    DatabaseUrl place = ledger.place(spec);
    PrintWriter err = spec.commandLine().getErr();
    try (CtrlC ctrlC = CtrlC.watch()) {
      return new RecordRun(probing, attempts, batch, err).run(place, anew, ctrlC);
    }
  }

  static final class Batch extends ParsedOption<Integer> {
    Batch() {
      super(text -> Numbers.parse(text, 1, 100_000));
    }
  }
}
