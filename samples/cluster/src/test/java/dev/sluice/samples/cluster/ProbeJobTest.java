package dev.sluice.samples.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.journal.JournalEntry;
import dev.sluice.journal.JournalVerdict;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of the job in a cluster within this JVM. */
@Timeout(60)
class ProbeJobTest {
  @TempDir Path folder;

  @Test
  void writesALineForEachName() throws Exception {
    Path names = Files.write(folder.resolve("names"), List.of("for.dev", "free.dev", "no name"));
    Zones zones = Zones.ofNames(List.of("for.dev"));
    try (DnsServer server = DnsServer.start(DnsServerSettings.onLoopback(zones))) {
      ProbeJob.main(
          "--names",
          names.toUri().toString(),
          "--servers",
          server.hostAndPort(),
          "--outcomes",
          folder.resolve("outcomes").toUri().toString());
    }
    assertEquals(
        Map.of(
            "for.dev", JournalVerdict.SUCCESS,
            "free.dev", JournalVerdict.NOT_FOUND,
            "no name", JournalVerdict.FAILURE),
        verdicts(folder.resolve("outcomes")));
  }

  private static Map<String, JournalVerdict> verdicts(Path outcomes) {
    return OutcomeFiles.read(outcomes)
        .toMap(JournalEntry::key, JournalEntry::verdict, TreeMap::new)
        .blockingGet();
  }
}
