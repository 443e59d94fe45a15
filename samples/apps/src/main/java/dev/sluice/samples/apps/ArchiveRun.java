package dev.sluice.samples.apps;

import dev.sluice.samples.Main;

/**
 * Run once by the build: the launcher's archive gets the classes that this loads, which are those
 * of a download and of a probe.
 */
final class ArchiveRun {
  private ArchiveRun() {}

  /** Takes the folder for the flags. */
  public static void main(String[] args) {
    int status =
        Main.commandLine().execute("flags", "-o", args[0])
            + Main.commandLine().execute("probe", "--embedded", "await.dev", "no-such-name.dev");
    System.exit(status);
  }
}
