package dev.sluice.samples.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.journal.JournalVerdict;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of the job in a cluster within this JVM. */
@Timeout(300)
class ProbeJobTest {
  private static final int NAMES = 2_000;

  @TempDir Path folder;
  private Path outcomes;

  @BeforeEach
  void nameTheOutcomes() {
    outcomes = folder.resolve("outcomes");
  }

  @Test
  void writesALineForEachName() throws Exception {
    Path names = Files.write(folder.resolve("names"), List.of("for.dev", "free.dev", "no name"));
    Zones zones = Zones.ofNames(List.of("for.dev"));
    try (DnsServer server = DnsServer.start(DnsServerSettings.onLoopback(zones))) {
      StreamExecutionEnvironment flink = Runs.inThisJvm();
      ProbeJob.define(
          Runs.options(
              outcomes, "--names", names.toUri().toString(), "--servers", server.hostAndPort()),
          flink);
      flink.execute();
    }
    assertEquals(
        Map.of(
            "for.dev", JournalVerdict.SUCCESS,
            "free.dev", JournalVerdict.NOT_FOUND,
            "no name", JournalVerdict.FAILURE),
        Runs.verdicts(outcomes));
  }

  @Test
  void aJobResumesFromASavepoint() throws Exception {
    try (DnsServer server = Runs.server(NAMES, "100ms")) {
      JobClient first = start(Runs.inThisJvm(), server);
      Eventually.until(() -> Runs.count(outcomes) > NAMES / 5, "too few outcomes");
      String savepoint =
          first
              .stopWithSavepoint(
                  false,
                  folder.resolve("savepoint").toUri().toString(),
                  SavepointFormatType.CANONICAL)
              .join();
      assertTrue(Runs.count(outcomes) < NAMES, "the job ended before the savepoint");
      StreamExecutionEnvironment flink = Runs.inThisJvm();
      flink.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
      start(flink, server).getJobExecutionResult().join();
    }
    assertEquals(Runs.generated(NAMES), Runs.keys(outcomes));
  }

  @Test
  void theRateOfAServerHoldsForAllSubtasks() throws Exception {
    int names = 300;
    try (DnsServer server = Runs.server(names, "0ms")) {
      Path servers = Files.writeString(folder.resolve("servers"), server.hostAndPort() + "\n");
      StreamExecutionEnvironment flink = Runs.inThisJvm();
      ProbeJob.define(
          Runs.options(
              outcomes,
              "--generate",
              "" + names,
              "--servers-file",
              servers.toString(),
              "--rate-per-server",
              "100/s"),
          flink);
      flink.execute();
    }
    List<Instant> ends =
        OutcomeFiles.read(outcomes)
            .map(entry -> entry.start().plus(entry.took()))
            .sorted()
            .toList()
            .blockingGet();
    Duration took = Duration.between(ends.get(0), ends.get(names - 1));
    assertTrue(took.toMillis() > 2_500, "300 names at 100/s took " + took);
  }

  private JobClient start(StreamExecutionEnvironment flink, DnsServer server) throws Exception {
    ProbeJob.define(
        Runs.options(
            outcomes, "--generate", "" + NAMES, "--servers", server.hostAndPort(), "--limit", "20"),
        flink);
    return flink.executeAsync();
  }
}
