package dev.sluice.samples.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.journal.JournalEntry;
import dev.sluice.samples.servers.dns.DnsFaults;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import dev.sluice.samples.servers.http.DelayRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job on a cluster of real processes, one of which is killed. */
@Timeout(180)
class KilledWorkerTest {
  private static final int NAMES = 10_000;

  @TempDir Path folder;

  @Test
  void eachNameHasOneOutcomeAlthoughAWorkerIsKilled() throws Exception {
    Path outcomes = folder.resolve("outcomes");
    Zones zones = Zones.ofNames(GeneratedNames.existing(NAMES));
    DnsFaults slow = DnsFaults.NONE.withDelay(DelayRange.parse("100ms"));
    try (DnsServer server = DnsServer.start(DnsServerSettings.onLoopback(zones).withFaults(slow));
        LocalCluster cluster = LocalCluster.start(folder.resolve("cluster"), 2)) {
      StreamExecutionEnvironment flink = cluster.environment().setParallelism(2);
      ProbeJob.define(
          ParameterTool.fromArgs(
              new String[] {
                "--generate",
                "" + NAMES,
                "--servers",
                server.hostAndPort(),
                "--limit",
                "50",
                "--checkpoint-every",
                "500 ms",
                "--outcomes",
                outcomes.toUri().toString()
              }),
          flink);
      JobClient job = flink.executeAsync("probe");
      Eventually.until(() -> count(outcomes) > NAMES / 5, "too few outcomes");
      cluster.workers().get(0).destroyForcibly();
      Map<Path, String> committed = contents(outcomes);
      assertTrue(count(outcomes) < NAMES, "the job ended before the worker was killed");
      CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
      end.join();
      Map<Path, String> all = contents(outcomes);
      committed.forEach((file, content) -> assertEquals(content, all.get(file), file::toString));
    }
    List<String> keys =
        OutcomeFiles.read(outcomes).map(JournalEntry::key).sorted().toList().blockingGet();
    assertEquals(LongStream.range(0, NAMES).mapToObj(GeneratedNames::name).sorted().toList(), keys);
  }

  private static long count(Path outcomes) {
    return OutcomeFiles.read(outcomes).count().blockingGet();
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
