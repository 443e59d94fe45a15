package dev.sluice.samples.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.samples.servers.dns.DnsServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the jobs on a cluster that has nothing but Flink, submitted as a user does. */
@Timeout(300)
class FlinkRunIT {
  private static final int NAMES = 1_000;
  private static final Pattern IN_JOB_JAR =
      Pattern.compile(
          "[/\\\\](sluice|rxjava|reactive-streams|retrofit|adapter-|converter-|okhttp|okio|jackson-)[^/\\\\]*$");

  @TempDir Path folder;

  @Test
  void theJarHasAllThatTheWorkersNeed() throws Exception {
    Path outcomes = folder.resolve("outcomes");
    try (DnsServer server = Runs.server(NAMES, "0ms");
        LocalCluster cluster = LocalCluster.start(folder.resolve("cluster"), 1, flinkAlone())) {
      Path log = folder.resolve("flink.log");
      int status =
          cluster.flink(
              log,
              "run",
              "-p",
              "2",
              System.getProperty("job.jar"),
              "--generate",
              "" + NAMES,
              "--servers",
              server.hostAndPort(),
              "--checkpoint-every",
              "500 ms",
              "--outcomes",
              outcomes.toUri().toString());
      assertEquals(0, status, Files.readString(log));
      Process worker = cluster.workers().get(0);
      Eventually.until(() -> threadsOfJob(worker).isEmpty(), "the job has left a thread");
    }
    assertEquals(Runs.generated(NAMES), Runs.keys(outcomes));
  }

  /** The threads of the library and of RxJava: they would keep the classes of an ended job. */
  private static List<String> threadsOfJob(Process worker) {
    try {
      Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
      Process dump = new ProcessBuilder(jcmd.toString(), "" + worker.pid(), "Thread.print").start();
      return dump.inputReader()
          .lines()
          .filter(line -> line.startsWith("\"Rx") || line.startsWith("\"sluice-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jars of the class path, without the classes of this project and its library. */
  private static Jvm flinkAlone() {
    return new Jvm(
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(path -> path.endsWith(".jar") && !IN_JOB_JAR.matcher(path).find())
            .collect(Collectors.joining(File.pathSeparator)));
  }
}
