package dev.sluice.samples.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.dns.DnsFaults;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Rcode;
import dev.sluice.samples.servers.dns.Zones;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProbeCommandTest {
  private static final Zones ZONES =
      Zones.parse("a.dev A 192.0.2.1\na.dev A 192.0.2.2\nsix.dev AAAA 2001:db8::1\nno.dev TXT t\n");

  @SuppressWarnings("NullAway.Init")
  private DnsServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server = DnsServer.start(DnsServerSettings.onLoopback(ZONES));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void writesALineForEveryName() {
    Run run = probe("A.dev", "six.dev", "no.dev", "none.dev");
    assertEquals(0, run.status(), run::err);
    assertEquals(
        List.of(
            "  none.dev",
            "+ A.dev 192.0.2.1 192.0.2.2",
            "+ six.dev 2001:db8:0:0:0:0:0:1",
            "~ no.dev"),
        run.sortedLines());
    assertTrue(
        run.err().startsWith("4 done: 2 found, 1 no address, 1 not found, 0 unknown in "),
        run::err);
    assertEquals(1, run.err().lines().count());
  }

  @Test
  void asksOnlyForTheGivenTypes() {
    assertEquals(
        List.of("+ a.dev 192.0.2.1 192.0.2.2", "~ six.dev"),
        probe("-t", "A", "a.dev", "six.dev").sortedLines());
    assertEquals(
        List.of("+ six.dev 2001:db8:0:0:0:0:0:1", "~ a.dev"),
        probe("-t", "aaaa", "a.dev", "six.dev").sortedLines());
  }

  @Test
  void showsAnInvalidNameAsUnknown() {
    Run run = probe("a b", "a.dev");
    assertEquals(1, run.status());
    assertTrue(run.sortedLines().get(1).startsWith("? a b: "), run::out);
  }

  @Test
  void writesCsv() {
    Run run = probe("--format", "csv", "a.dev", "none.dev", "no.dev", "\"x,\ny");
    List<String> lines = run.out().lines().toList();
    assertEquals("name,status,addresses,wildcard,reason", lines.get(0));
    assertTrue(lines.contains("a.dev,found,192.0.2.1 192.0.2.2,false,"), run::out);
    assertTrue(lines.contains("none.dev,not found,,,"), run::out);
    assertTrue(lines.contains("no.dev,no address,,false,"), run::out);
    assertTrue(run.out().contains("\"\"\"x,\ny\",unknown,,,\""), run::out);
  }

  @Test
  void writesNdjson() {
    Run run = probe("--format", "ndjson", "a.dev", "none.dev", "\"\u001b");
    List<String> lines = run.sortedLines();
    assertTrue(
        lines.get(0).startsWith("{\"name\":\"\\\"\\u001b\",\"status\":\"unknown\",\"reason\":"));
    assertEquals(
        "{\"name\":\"a.dev\",\"status\":\"found\","
            + "\"addresses\":[\"192.0.2.1\",\"192.0.2.2\"],\"wildcard\":false}",
        lines.get(1));
    assertEquals("{\"name\":\"none.dev\",\"status\":\"not found\"}", lines.get(2));
  }

  @Test
  void readsAFileAndWritesAnotherWithoutLosingAName() throws IOException {
    List<String> names = IntStream.range(0, 20_000).mapToObj(i -> "n" + i + ".dev").toList();
    Path in = Files.write(folder.resolve("names"), names);
    Path out = folder.resolve("results");
    Run run = probe("-f", in.toString(), "-o", out.toString(), "-c", "300");
    assertEquals(0, run.status(), run::err);
    assertEquals("", run.out());
    List<String> expected = names.stream().map(name -> "  " + name).sorted().toList();
    assertEquals(expected, Files.readAllLines(out).stream().sorted().toList());
  }

  @Test
  void marksNamesThatComeFromAWildcard() throws IOException {
    Zones wild = Zones.parse("*.dev A 192.0.2.1\nown.dev A 192.0.2.2\n");
    try (DnsServer wildServer = DnsServer.start(DnsServerSettings.onLoopback(wild))) {
      Run run = Run.of("probe", "-r", wildServer.hostAndPort(), "--wildcards", "a.dev", "own.dev");
      assertEquals(
          List.of("+ a.dev 192.0.2.1 (wildcard)", "+ own.dev 192.0.2.2"), run.sortedLines());
    }
  }

  @Test
  void showsANameAsUnknownAfterServerFailures() throws IOException {
    DnsFaults broken = DnsFaults.NONE.withRcode(Rcode.SERVFAIL, 1);
    try (DnsServer failing =
        DnsServer.start(DnsServerSettings.onLoopback(ZONES).withFaults(broken))) {
      Run run = Run.of("probe", "-r", failing.hostAndPort(), "--tries", "2", "a.dev");
      assertEquals(1, run.status());
      assertTrue(run.out().matches("\\? a\\.dev: .*SERVFAIL.*\n"), run::out);
    }
  }

  @Test
  void showsANameAsUnknownWithoutAnAnswer() throws IOException {
    DnsFaults silent = DnsFaults.NONE.withLoss(1);
    try (DnsServer mute = DnsServer.start(DnsServerSettings.onLoopback(ZONES).withFaults(silent))) {
      Run run =
          Run.of("probe", "-r", mute.hostAndPort(), "--timeout", "20ms", "--tries", "2", "a.dev");
      assertEquals(1, run.status());
      assertTrue(run.out().startsWith("? a.dev: "), run::out);
    }
  }

  @Test
  void saysThatAServerRefusesConnections() throws IOException {
    String closed = server.hostAndPort();
    server.close();
    Run run = Run.of("probe", "-r", closed, "--tries", "1", "a.dev");
    assertEquals(1, run.status());
    assertTrue(run.out().contains("'connection refused' from " + closed), run::out);
  }

  @Test
  void repeatsQueriesThatWereLost() throws IOException {
    DnsFaults lossy = DnsFaults.NONE.withLoss(0.3).withSeed(5);
    try (DnsServer server =
        DnsServer.start(DnsServerSettings.onLoopback(ZONES).withFaults(lossy))) {
      Path in = Files.write(folder.resolve("names"), List.of("a.dev", "six.dev", "none.dev"));
      Run run =
          Run.of(
              "probe",
              "-r",
              server.hostAndPort(),
              "--timeout",
              "20ms",
              "--tries",
              "100",
              "-f",
              in.toString());
      assertEquals(0, run.status(), run::out);
      assertEquals(3, run.out().lines().count());
    }
  }

  @Test
  void asksOverTcpAfterATruncatedAnswer() throws IOException {
    try (DnsServer cutting =
        DnsServer.start(
            DnsServerSettings.onLoopback(ZONES).withFaults(DnsFaults.NONE.withTruncation(1)))) {
      Run run = Run.of("probe", "-r", cutting.hostAndPort(), "a.dev", "none.dev");
      assertEquals(List.of("  none.dev", "+ a.dev 192.0.2.1 192.0.2.2"), run.sortedLines());
    }
  }

  @Test
  void asksTheServersOfAListAndReportsHowTheyDid() throws IOException {
    DnsFaults broken = DnsFaults.NONE.withRcode(Rcode.SERVFAIL, 1);
    try (DnsServer failing =
        DnsServer.start(DnsServerSettings.onLoopback(ZONES).withFaults(broken))) {
      Path list =
          Files.write(
              folder.resolve("servers"),
              List.of("# two servers", "", server.hostAndPort(), failing.hostAndPort()));
      Run run =
          Run.of(
              "probe",
              "--servers",
              list.toString(),
              "--report",
              "--server-limit",
              "2",
              "--server-rate",
              "1000/s",
              "a.dev",
              "none.dev");
      assertEquals(List.of("  none.dev", "+ a.dev 192.0.2.1 192.0.2.2"), run.sortedLines());
      assertTrue(run.err().contains("\nserver "), run::err);
      assertTrue(run.err().matches("(?s).*\nall 2 +3 +2 +0 +1 +0 +0 +0\n.*"), run::err);
      assertTrue(
          run.err().matches("(?s).*\n" + failing.hostAndPort() + " +1 +0 +0 +1 .*"), run::err);
    }
  }

  @Test
  void aTrustedServerShowsThatAnotherLies() throws IOException {
    Zones lies = Zones.parse("*.dev A 192.0.2.9\n");
    List<String> names = IntStream.range(0, 200).mapToObj(i -> "n" + i + ".dev").toList();
    Path in = Files.write(folder.resolve("names"), names);
    try (DnsServer liar = DnsServer.start(DnsServerSettings.onLoopback(lies))) {
      Run run =
          Run.of(
              "probe",
              "-r",
              liar.hostAndPort(),
              "--trusted",
              server.hostAndPort(),
              "--report",
              "-f",
              in.toString());
      assertEquals(names.stream().map(name -> "  " + name).sorted().toList(), run.sortedLines());
      assertTrue(run.err().matches("(?s).*\n" + liar.hostAndPort() + " .* 1\n.*"), run::err);
    }
  }

  @Test
  void saysInOneLineWhyTheOutputCannotBeWritten() {
    Run run = probe("a.dev", "-o", folder.resolve("no/such/folder").toString());
    assertEquals(1, run.status());
    assertEquals(1, run.err().lines().count(), run::err);
    assertTrue(run.err().contains("no/such/folder: no such file or folder"), run::err);
  }

  @Test
  void refusesToOverwriteTheFileOfTheNames() throws IOException {
    Path names = Files.write(folder.resolve("names"), List.of("a.dev"));
    Run run = probe("-f", names.toString(), "-o", folder.resolve("./names").toString());
    assertEquals(2, run.status());
    assertTrue(run.err().contains("cannot be read and written: allowed are two files"), run::err);
    assertEquals(List.of("a.dev"), Files.readAllLines(names));
  }

  @Test
  void acceptsAVeryLongTimeout() {
    assertEquals("  none.dev\n", probe("--timeout", "999999999h", "none.dev").out());
  }

  private Run probe(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "probe";
    all[1] = "-r";
    all[2] = server.hostAndPort();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Run.of(all);
  }
}
