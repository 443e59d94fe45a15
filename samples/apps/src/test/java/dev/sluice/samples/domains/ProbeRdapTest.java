package dev.sluice.samples.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.domains.RdapRegistry.Reply;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The probe with --rdap, against a registry on loopback. */
@Timeout(60)
class ProbeRdapTest {
  private static final String MEMBERS =
      ",\"status\":[\"active\",\"client hold, \\\"x\\\"\"],\"events\":["
          + "{\"eventAction\":\"expiration\",\"eventDate\":\"2030-02-28T23:59:59Z\"}]";

  @SuppressWarnings("NullAway.Init")
  private RdapRegistry registry;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    registry = new RdapRegistry(ProbeRdapTest::reply);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void writesALineForEveryName() {
    Run run = probe("A.dev", "bare.dev", "free.dev", "busy.dev", "a.elsewhere", "a b");
    assertEquals(1, run.status());
    String base = registry.base() + "/rdap/domain/";
    List<String> lines = run.sortedLines();
    assertEquals(6, lines.size(), run::out);
    assertEquals("  free.dev", lines.get(0));
    assertEquals(
        "+ A.dev active, client hold, \"x\" until 2030-02-28T23:59:59Z (" + base + "a.dev)",
        lines.get(1));
    assertEquals("+ bare.dev (" + base + "bare.dev)", lines.get(2));
    assertTrue(lines.get(3).startsWith("? a b: "), run::out);
    assertTrue(lines.get(4).startsWith("? a.elsewhere: no RDAP server for elsewhere"), run::out);
    assertEquals("? busy.dev: GET " + base + "busy.dev: 503 Service Unavailable", lines.get(5));
    assertTrue(
        run.err().startsWith("6 done: 2 registered, 1 not registered, 3 unknown in "), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
    assertEquals(List.of("a.dev", "bare.dev", "busy.dev", "free.dev"), registry.asked());
  }

  @Test
  void aRegistryIsAHost() {
    Run run = probe("--per-host=2", "--rate=1000/s", "--report", "a.dev", "free.dev", "a b");
    List<String> table = run.err().lines().skip(1).map(line -> line.replaceAll(" +", " ")).toList();
    assertTrue(table.get(1).startsWith("dev 1 1 0 "), run::err);
    assertTrue(table.get(2).startsWith("all 1 1 1 "), run::err);
    assertTrue(table.get(3).startsWith("1 success, 1 not-found, 1 failure, "), run::err);
  }

  @Test
  void writesCsv() {
    Run run = probe("--format", "csv", "a.dev", "bare.dev", "free.dev", "busy.dev");
    String base = registry.base() + "/rdap/domain/";
    List<String> lines = run.out().lines().toList();
    assertEquals("name,status,statuses,expiry,evidence,reason", lines.get(0));
    assertTrue(
        lines.contains(
            "a.dev,registered,\"active; client hold, \"\"x\"\"\",2030-02-28T23:59:59Z,"
                + base
                + "a.dev,"),
        run::out);
    assertTrue(lines.contains("bare.dev,registered,,," + base + "bare.dev,"), run::out);
    assertTrue(lines.contains("free.dev,not registered,,,,"), run::out);
    assertTrue(
        lines.contains("busy.dev,unknown,,,,GET " + base + "busy.dev: 503 Service Unavailable"),
        run::out);
  }

  @Test
  void writesNdjson() {
    List<String> lines = probe("--format", "ndjson", "a.dev", "bare.dev", "free.dev").sortedLines();
    String base = registry.base() + "/rdap/domain/";
    assertEquals(
        List.of(
            "{\"name\":\"a.dev\",\"status\":\"registered\","
                + "\"statuses\":[\"active\",\"client hold, \\\"x\\\"\"],"
                + "\"expiry\":\"2030-02-28T23:59:59Z\",\"evidence\":\""
                + base
                + "a.dev\"}",
            "{\"name\":\"bare.dev\",\"status\":\"registered\",\"statuses\":[],\"evidence\":\""
                + base
                + "bare.dev\"}",
            "{\"name\":\"free.dev\",\"status\":\"not registered\"}"),
        lines);
  }

  @Test
  void readsTheBootstrapListAndTheNamesFromFiles() throws IOException {
    Path list = Files.writeString(folder.resolve("dns.json"), registry.list());
    List<String> names = IntStream.range(0, 50).mapToObj(i -> "free" + i + ".dev").toList();
    Path in = Files.write(folder.resolve("names"), names);
    Path out = folder.resolve("out");
    Run run =
        Run.of(
            "probe",
            "--rdap",
            "--bootstrap",
            list.toString(),
            "-f",
            in.toString(),
            "-o",
            out.toString());
    assertEquals(0, run.status(), run::err);
    assertEquals(
        names.stream().map(name -> "  " + name).sorted().toList(),
        Files.readAllLines(out).stream().sorted().toList());
  }

  @Test
  void honoursTheConcurrencyOption() throws IOException {
    // The registry answers only when eight requests are there.
    CyclicBarrier eight = new CyclicBarrier(8);
    try (RdapRegistry slow =
        new RdapRegistry(
            name -> {
              try {
                eight.await();
                return Reply.NOT_FOUND;
              } catch (BrokenBarrierException e) {
                return Reply.BUSY;
              }
            })) {
      String[] names =
          IntStream.range(0, 16).mapToObj(i -> "n" + i + ".dev").toArray(String[]::new);
      Run run = probe(slow, with(names, "-c", "8"));
      assertEquals(0, run.status(), run::out);
    }
  }

  @Test
  void showsANameAsUnknownAfterTheTimeout() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    try (RdapRegistry silent =
        new RdapRegistry(
            name -> {
              never.await();
              return Reply.NOT_FOUND;
            })) {
      Run run = probe(silent, "a.dev", "--timeout", "300ms", "--tries", "1");
      assertEquals(1, run.status());
      assertEquals(
          "? a.dev: no answer within 300ms from the registry of dev\n", run.out(), run::out);
    }
  }

  @Test
  void honoursTheTriesOption() throws IOException {
    AtomicInteger count = new AtomicInteger();
    try (RdapRegistry tired =
        new RdapRegistry(name -> count.incrementAndGet() < 3 ? Reply.BUSY : Reply.NOT_FOUND)) {
      assertEquals("  a.dev\n", probe(tired, "a.dev", "--tries", "3").out());
      count.set(0);
      assertTrue(probe(tired, "a.dev", "--tries", "2").out().startsWith("? a.dev: "));
    }
  }

  private static Reply reply(String name) {
    return switch (name) {
      case "a.dev" -> Reply.domain(name, MEMBERS);
      case "bare.dev" -> Reply.domain(name, "");
      case "busy.dev" -> Reply.BUSY;
      default -> Reply.NOT_FOUND;
    };
  }

  private Run probe(String... arguments) {
    return probe(registry, with(arguments, "--tries", "1"));
  }

  private static Run probe(RdapRegistry registry, String... arguments) {
    return Run.of(with(arguments, "probe", "--rdap", "--bootstrap", registry.listUrl()));
  }

  private static String[] with(String[] arguments, String... options) {
    return Stream.of(options, arguments).flatMap(Stream::of).toArray(String[]::new);
  }
}
