package dev.sluice.samples.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.dns.DnsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job on a cluster of real processes, one of which is killed. */
@Timeout(300)
class KilledWorkerTest {
  private static final int NAMES = 10_000;

  @TempDir Path folder;

  @Test
  void eachNameHasOneOutcomeAlthoughAWorkerIsKilled() throws Exception {
    Path outcomes = folder.resolve("outcomes");
    try (DnsServer server = Runs.server(NAMES, "100ms");
        LocalCluster cluster = LocalCluster.start(folder.resolve("cluster"), 2)) {
      StreamExecutionEnvironment flink = cluster.environment().setParallelism(2);
      ProbeJob.define(
          Runs.options(
              outcomes,
              "--generate",
              "" + NAMES,
              "--servers",
              server.hostAndPort(),
              "--limit",
              "50"),
          flink);
      JobClient job = flink.executeAsync("probe");
      Eventually.until(() -> Runs.count(outcomes) > NAMES / 5, "too few outcomes");
      assertEquals(List.of(1, 1), cluster.overview().freeSlots(), "each worker has a subtask");
      cluster.workers().get(0).destroyForcibly();
      Map<Path, String> committed = contents(outcomes);
      assertTrue(Runs.count(outcomes) < NAMES, "the job ended before the worker was killed");
      job.getJobExecutionResult().join();
      Map<Path, String> all = contents(outcomes);
      committed.forEach((file, content) -> assertEquals(content, all.get(file), file::toString));
    }
    assertEquals(Runs.generated(NAMES), Runs.keys(outcomes));
  }

  private static Map<Path, String> contents(Path outcomes) throws IOException {
    return OutcomeFiles.committed(outcomes).stream()
        .collect(Collectors.toMap(file -> file, KilledWorkerTest::content));
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
