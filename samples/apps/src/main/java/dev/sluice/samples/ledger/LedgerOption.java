package dev.sluice.samples.ledger;

import dev.sluice.samples.apps.UsageCheck;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option {@code --db} of all ledger commands. */
final class LedgerOption {
  @Option(
      names = "--db",
      paramLabel = "URL",
      defaultValue = "r2dbc:h2:file:///./ledger",
      description =
          "The database: r2dbc:h2:file:///PATH, or r2dbc:postgresql://USER:PASSWORD@HOST/DATABASE."
              + " Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private String url;

  /** The database; a usage error if the URL is not that of one. */
  DatabaseUrl place(CommandSpec spec) throws IOException {
    return UsageCheck.read(spec, () -> DatabaseUrl.parse(url));
  }
}
