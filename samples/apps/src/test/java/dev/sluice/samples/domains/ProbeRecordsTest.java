package dev.sluice.samples.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The records that {@code probe --type} shows. */
@Timeout(60)
class ProbeRecordsTest {
  private static final Zones ZONES =
      Zones.parse(
          """
          dev SOA ns.dev admin.dev 7 3600 600 86400 60
          dev NS ns.dev
          a.dev 30 MX 10 mail.dev
          a.dev 30 MX 20 mx.dev
          a.dev TXT "one, two"
          a.dev CAA 0 issue "ca.test"
          www.dev CNAME a.dev
          """);

  @SuppressWarnings("NullAway.Init")
  private DnsServer server;

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
    Run run = probe("MX", "a.dev", "www.dev", "mail.dev", "dev", "a b");
    assertEquals(
        List.of(
            "  mail.dev",
            "+ a.dev 10 mail.dev., 20 mx.dev.",
            "+ www.dev 10 mail.dev., 20 mx.dev. (alias of a.dev.)"),
        run.sortedLines().subList(0, 3));
    assertTrue(run.sortedLines().contains("~ dev"), run::out);
    assertTrue(
        run.err().startsWith("5 done: 2 found, 1 no record, 1 not found, 1 unknown in "), run::err);
  }

  @Test
  void showsEachType() {
    assertEquals("+ dev ns.dev.\n", probe("ns", "dev").out());
    assertEquals("+ www.dev a.dev.\n", probe("CNAME", "www.dev").out());
    assertEquals("+ a.dev \"one, two\"\n", probe("TXT", "a.dev").out());
    assertEquals("+ a.dev 0 issue \"ca.test\"\n", probe("CAA", "a.dev").out());
    assertEquals("+ dev ns.dev. admin.dev. 7 3600 600 86400 60\n", probe("SOA", "dev").out());
  }

  @Test
  void writesCsv() {
    Run run = probe("MX", "www.dev", "mail.dev", "--format", "csv");
    assertEquals(
        "name,status,type,records,aliases,reason", run.out().lines().findFirst().orElse(""));
    assertTrue(
        run.sortedLines().contains("www.dev,found,MX,10 mail.dev.; 20 mx.dev.,a.dev.,"), run::out);
    assertTrue(run.sortedLines().contains("mail.dev,not found,,,,"), run::out);
  }

  @Test
  void writesNdjson() {
    Run run = probe("TXT", "www.dev", "dev", "--format", "ndjson");
    assertEquals(
        List.of(
            "{\"name\":\"dev\",\"status\":\"no record\",\"type\":\"TXT\",\"records\":[],"
                + "\"aliases\":[],\"authoritative\":true}",
            "{\"name\":\"www.dev\",\"status\":\"found\",\"type\":\"TXT\",\"records\":"
                + "[{\"name\":\"a.dev\",\"ttl\":300,\"data\":\"\\\"one, two\\\"\"}],\"aliases\":"
                + "[{\"name\":\"www.dev\",\"ttl\":300,\"data\":\"a.dev.\"}],"
                + "\"authoritative\":true}"),
        run.sortedLines());
  }

  private Run probe(String type, String... arguments) {
    Stream<String> options = Stream.of("probe", "-r", server.hostAndPort(), "--type", type);
    return Run.of(Stream.concat(options, Stream.of(arguments)).toArray(String[]::new));
  }
}
