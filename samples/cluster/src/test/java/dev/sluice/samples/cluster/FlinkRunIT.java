package dev.sluice.samples.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.samples.servers.dns.DnsServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the jobs on a cluster that has nothing but Flink, submitted as a user does. */
@Timeout(180)
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
    }
    assertEquals(Runs.generated(NAMES), Runs.keys(outcomes));
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
