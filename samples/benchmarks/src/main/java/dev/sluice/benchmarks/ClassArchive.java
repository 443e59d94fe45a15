package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A class archive for a probing program, as the launcher has one, in the format of the running JDK.
 */
final class ClassArchive {
  private static final int AHEAD_OF_TIME_CACHE = 25;
  private static final int NATIVE_ACCESS = 22;

  private ClassArchive() {}

  /** The JVM options that use the archive. Makes the archive first, by a run with a few names. */
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
