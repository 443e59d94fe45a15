package dev.sluice.samples.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/** Starts the processes of a cluster as Flink's scripts do, from the jars alone. */
final class FlinkProcess {
  /** What Flink's own scripts open to it, but for its SQL compiler. */
  private static final List<String> OPEN_PACKAGES =
      List.of(
          "java.lang",
          "java.net",
          "java.io",
          "java.nio",
          "sun.nio.ch",
          "java.lang.reflect",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  private final Path configuration;
  private final String classPath;

  /**
   * Processes with these settings and jars.
   *
   * @param configuration a folder with a {@code config.yaml}
   */
  FlinkProcess(Path configuration, String classPath) {
    this.configuration = configuration;
    this.classPath = classPath;
  }

  Process jobManager(Path log) throws IOException {
    return start(
        StandaloneSessionClusterEntrypoint.class,
        log,
        List.of("-Xmx256m"),
        List.of("--configDir", configuration.toString()));
  }

  Process worker(Path log) throws IOException {
    return start(
        TaskManagerRunner.class,
        log,
        List.of(
            "-Xmx" + kilobytes(LocalClusterSettings.workerHeap()),
            "-XX:MaxDirectMemorySize=" + kilobytes(LocalClusterSettings.workerDirectMemory())),
        List.of("--configDir", configuration.toString()));
  }

  /** The command {@code flink}. */
  Process client(Path log, List<String> arguments) throws IOException {
    return start(CliFrontend.class, log, List.of("-Xmx256m"), arguments);
  }

  private static String kilobytes(MemorySize size) {
    return size.getKibiBytes() + "k";
  }

  private Process start(Class<?> entryPoint, Path log, List<String> memory, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(memory);
    command.addAll(openings());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.addAll(List.of("-cp", classPath, entryPoint.getName()));
    command.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put("FLINK_CONF_DIR", configuration.toString());
    return process.redirectOutput(log.toFile()).start();
  }

  /** The options of a JVM that runs Flink. */
  private static List<String> openings() {
    Stream<String> opens =
        OPEN_PACKAGES.stream().map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED");
    Stream<String> others =
        Stream.of(
            "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
            "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
            "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED");
    return Stream.concat(opens, Stream.concat(others, nativeAccess())).toList();
  }

  /** From JDK 22 on, the resolvers send batches of queries by system calls. */
  private static Stream<String> nativeAccess() {
    return Runtime.version().feature() < 22
        ? Stream.empty()
        : Stream.of("--enable-native-access=ALL-UNNAMED");
  }
}
