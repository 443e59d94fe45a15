package dev.sluice.samples.ledger;

import dev.sluice.samples.CtrlC;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the stored entries. */
@Command(
    name = "show",
    description = {
      "Shows the stored entries, the oldest first.",
      "+ is found, blank is not found, ~ has no address, ? is unknown."
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    sortOptions = false)
public final class ShowCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final LedgerOption ledger = new LedgerOption();

  @Option(names = "--found", description = "Only names that exist.")
  private boolean found;

  @Option(
      names = "--since",
      paramLabel = "T",
      converter = Since.class,
      description =
          "Only entries since this time: 2026-11-21, 2026-11-21T10:00:00Z, or 2h (two hours ago).")
  private Instant since = Instant.EPOCH;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Limit.class,
      description = "Only the first N entries.")
  private long limit = Long.MAX_VALUE;

  @Override
  public Integer call() throws IOException {
    DatabaseUrl place = ledger.place(spec);
    try (CtrlC ctrlC = CtrlC.watch()) {
      return new ShowRun(place, spec.commandLine().getOut()).entries(found, since, limit, ctrlC);
    }
  }

  static final class Since extends ParsedOption<Instant> {
    Since() {
      super(text -> InstantParser.parse(text, Clock.systemUTC()));
    }
  }

  static final class Limit extends ParsedOption<Long> {
    Limit() {
      super(text -> (long) Numbers.parse(text, 1, Integer.MAX_VALUE));
    }
  }
}
