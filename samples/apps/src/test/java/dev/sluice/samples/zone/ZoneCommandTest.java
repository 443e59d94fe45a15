package dev.sluice.samples.zone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ZoneCommandTest {
  private static final String ZONE =
      """
      dev. 900 IN SOA ns.dev. admin.dev. 7 3600 600 86400 60
      dev. 900 IN NS ns.dev.
      async.dev. 900 IN NS ns.dev.
      await.dev. 900 IN NS ns.dev.
      """;

  @TempDir Path folder;

  private Run zone() throws IOException {
    Path file = Files.writeString(folder.resolve("dev.txt"), ZONE);
    return Run.of("zone", file.toString(), "-o", filter());
  }

  private String filter() {
    return folder.resolve("dev.filter").toString();
  }

  @Test
  void saysHowManyNamesTheZoneHas() throws IOException {
    Run run = zone();

    assertEquals(0, run.status(), run::err);
    assertTrue(run.out().startsWith("dev: 2 names of 20"), run::out);
  }

  @Test
  void aZoneMayHaveOneName() throws IOException {
    String start = ZONE.substring(0, ZONE.indexOf("async"));
    Path file = Files.writeString(folder.resolve("one.txt"), start + "await.dev. NS ns.dev.\n");
    Run run = Run.of("zone", file.toString(), "-o", filter());

    assertTrue(run.out().startsWith("dev: 1 name of 20"), run::out);
  }

  @Test
  void probesOnlyTheNamesThatAreNotInTheZone() throws IOException {
    Run zone = zone();
    assertEquals(0, zone.status(), zone::err);
    try (DnsServer server =
        DnsServer.start(
            DnsServerSettings.onLoopback(Zones.parse("dev SOA ns.dev a.dev 1 2 3 4 5")))) {
      Run run =
          Run.of(
              "probe",
              "-r",
              server.hostAndPort(),
              "--zone",
              filter(),
              "await.dev",
              "for.dev",
              "Async.dev.",
              "a b");

      assertEquals("  for.dev", run.sortedLines().get(0), run::out);
      assertEquals(2, run.lines().size(), run::out);
      assertTrue(run.sortedLines().get(1).startsWith("? a b: "), run::out);
      assertTrue(run.err().contains(", 2 left out: in dev of 20"), run::err);
    }
  }

  @Test
  void refusesWhatIsNoZoneFile() throws IOException {
    Path file = Files.writeString(folder.resolve("dev.txt"), "<html>\n");

    Run run = Run.of("zone", file.toString(), "-o", filter());

    assertEquals(1, run.status(), run::out);
    assertTrue(run.err().contains("dev.txt: line 1: "), run::err);
    assertFalse(Files.exists(folder.resolve("dev.filter")));
  }

  @Test
  void refusesToReplaceTheZoneFileOrADevice() throws IOException {
    Path file = Files.writeString(folder.resolve("dev.txt"), ZONE);

    Run run = Run.of("zone", file.toString(), "-o", file.toString());
    assertEquals(2, run.status(), run::out);
    assertTrue(
        run.err().contains("dev.txt' cannot be read and written: allowed are two files"), run::err);
    assertEquals(ZONE, Files.readString(file));
    assertEquals(2, Run.of("zone", file.toString(), "-o", "/dev/null").status());
  }

  @Test
  void refusesAFilterThatIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("dev.txt"), ZONE);

    Run run = Run.of("probe", "--zone", file.toString(), "await.dev");

    assertEquals(1, run.status(), run::out);
    assertTrue(run.err().contains("dev.txt: no filter of a zone: "), run::err);
    assertEquals(2, Run.of("probe", "--zone", filter(), "await.dev").status());
  }
}
