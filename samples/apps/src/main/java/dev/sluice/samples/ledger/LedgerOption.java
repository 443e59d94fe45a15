package dev.sluice.samples.ledger;

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

  String url() {
    return url;
  }
}
