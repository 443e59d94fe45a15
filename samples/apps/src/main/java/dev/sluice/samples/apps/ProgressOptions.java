package dev.sluice.samples.apps;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option {@code -v} of all commands that show their progress. */
public final class ProgressOptions {
  @Option(
      names = {"-v", "--verbose"},
      description = "A line for each step and each error as it comes, instead of the progress.")
  private boolean verbose;

  public boolean isVerbose() {
    return verbose;
  }

  /** The progress of a command that prints a line for each result; none with {@code -v}. */
  public Progress besideLines(String things, int all, CommandSpec spec) {
    return verbose ? Progress.NONE : Progress.besideLines(things, all, spec.commandLine().getErr());
  }
}
