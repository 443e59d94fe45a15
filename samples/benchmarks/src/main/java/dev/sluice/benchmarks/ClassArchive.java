package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A class archive for a program, as the launcher has one, in the format of the running JDK. */
final class ClassArchive {
  private static final int AHEAD_OF_TIME_CACHE = 25;
  private static final int NATIVE_ACCESS = 22;

  private ClassArchive() {}

  /** The JVM options that use the archive. Makes the archive first, by a run with a few names. */
  static List<String> options(ScenarioContext stage, ProbeJob few)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(stage.settings().javaOptions());
    if (Runtime.version().feature() >= NATIVE_ACCESS) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    return options(
        stage, "classes", options, with -> ProbeProgram.java(ProbeMethod.SLUICE, with, few));
  }

  /**
   * The JVM options that use an archive, which a first run makes.
   *
   * @param name the archive's file
   * @param options of the JVM, with and without the archive
   * @param command starts a short run with these options
   */
  static List<String> options(
      ScenarioContext stage,
      String name,
      List<String> options,
      Function<List<String>, List<String>> command)
      throws IOException, InterruptedException {
    Path archive = stage.scratch().file(name);
    boolean cache = Runtime.version().feature() >= AHEAD_OF_TIME_CACHE;
    List<String> first = new ArrayList<>(options);
    first.add((cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
    new ChildProcess(stage.scratch()).run(command.apply(first));
    List<String> all = new ArrayList<>(options);
    all.add((cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
    return all;
  }
}
