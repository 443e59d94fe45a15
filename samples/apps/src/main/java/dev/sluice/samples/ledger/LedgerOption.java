package dev.sluice.samples.ledger;

import picocli.CommandLine.Option;

/** Where the ledger is: the option that all these commands share. */
final class LedgerOption {
  @Option(
      names = "--db",
      paramLabel = "URL",
      defaultValue = "r2dbc:h2:file:///./ledger",
      description =
          "r2dbc:h2:file:///PATH, or r2dbc:postgresql://USER:PASSWORD@HOST/DATABASE."
              + " Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private String url;

  String url() {
    return url;
  }
}
