package dev.sluice.samples.mojifinder;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} of these commands prints. */
final class UnicodeVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"Unicode " + UnicodeNames.version()};
  }
}
