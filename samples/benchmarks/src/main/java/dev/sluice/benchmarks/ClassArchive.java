package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An archive of the classes that a probing program loads, such as our launcher is shipped with: of
 * the sort that the JDK of the day knows.
 */
final class ClassArchive {
  private static final int AHEAD_OF_TIME_CACHE = 25;
  private static final int NATIVE_ACCESS = 22;

  private ClassArchive() {}

  /** What to start our own JVMs with; a first run on a few names makes the archive. */
  static List<String> options(ScenarioContext stage, ProbeJob few)
      throws IOException, InterruptedException {
    int jdk = Runtime.version().feature();
    List<String> options = new ArrayList<>(stage.settings().javaOptions());
    if (jdk >= NATIVE_ACCESS) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    Path archive = stage.scratch().file("classes");
    boolean cache = jdk >= AHEAD_OF_TIME_CACHE;
    List<String> first = new ArrayList<>(options);
    first.add((cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
    new ChildProcess(stage.scratch()).run(ProbeProgram.java(ProbeMethod.SLUICE, first, few));
    options.add((cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
    return options;
  }
}
