package dev.sluice.samples.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/** Starts the processes of a cluster as Flink's scripts do, from the jars alone. */
final class FlinkProcess {
  private final Path configuration;
  private final Jvm jvm;

  /**
   * Processes with these settings.
   *
   * @param configuration a folder with a {@code config.yaml}
   */
  FlinkProcess(Path configuration, Jvm jvm) {
    this.configuration = configuration;
    this.jvm = jvm;
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
    ProcessBuilder process = jvm.process(entryPoint, memory, arguments);
    process.environment().put("FLINK_CONF_DIR", configuration.toString());
    return process.redirectOutput(log.toFile()).start();
  }
}
