package dev.sluice.samples.apps;

import dev.sluice.samples.Main;

/**
 * Runs a download and a probe once in the build. The classes that they load go into the class
 * archive of the launcher.
 */
final class ArchiveRun {
  private ArchiveRun() {}

  /** Takes the folder for the flags as the only argument. */
  public static void main(String[] args) {
    int status =
        Main.commandLine().execute("flags", "-o", args[0])
            + Main.commandLine().execute("probe", "--embedded", "await.dev", "no-such-name.dev");
    System.exit(status);
  }
}
