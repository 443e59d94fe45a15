package dev.sluice.samples.ledger;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import dev.sluice.samples.testing.Run;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LedgerCommandTest {
  @TempDir Path folder;

  @Test
  void recordsShowsAndComparesRecordings() throws IOException {
    record("a.dev A 192.0.2.1\nno.dev TXT t\nb.dev A 192.0.2.2\n");
    Run first = ledger("show");
    assertEquals(0, first.status(), first::err);
    List<String> lines = first.out().lines().map(line -> line.replaceAll("^\\S+Z ", "")).toList();
    assertEquals(
        List.of("  none.dev", "+ a.dev 192.0.2.1", "+ b.dev 192.0.2.2", "~ no.dev"),
        lines.stream().sorted().toList());
    assertEquals(3, ledger("show", "--found").out().lines().count());
    assertEquals(2, ledger("show", "--limit", "2").out().lines().count());
    assertEquals(4, ledger("show", "--since", "1h").out().lines().count());
    assertEquals("", ledger("show", "--since", "2999-01-01").out());
    assertEquals("", ledger("diff").out());
    record("a.dev A 192.0.2.3\nno.dev TXT t\nnone.dev A 192.0.2.4\n");
    assertEquals(
        """
        a.dev address changed 192.0.2.1 -> 192.0.2.3
        b.dev became free
        none.dev became taken 192.0.2.4
        """,
        ledger("diff").out());
  }

  private void record(String zone) throws IOException {
    try (DnsServer server = DnsServer.start(DnsServerSettings.onLoopback(Zones.parse(zone)))) {
      Run run =
          ledger("record", "-r", server.hostAndPort(), "A.dev", "b.dev", "no.dev", "none.dev");
      assertEquals(0, run.status(), run::err);
      assertTrue(run.err().startsWith("4 done: "), run::err);
    }
  }

  @Test
  void recordsAnInvalidNameAsUnknown() {
    Run run = ledger("record", "--embedded", "a b", "x".repeat(300));
    assertEquals(1, run.status());
    List<String> lines = ledger("show").out().lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).contains(" ? a b: "), lines::toString);
  }

  @Test
  void demoShowsTransactionsByHandAndAsAResource() {
    Run run = Run.of("ledger", "demo");
    assertEquals(0, run.status(), run::err);
    assertEquals(2, run.out().lines().filter(line -> line.contains(" committed ")).count());
    assertEquals(2, run.out().lines().filter(line -> line.contains(" rolled back ")).count());
    assertTrue(run.out().contains("5 of 1000000 rows read, 5 made"), run::out);
  }

  @Test
  void saysThatTheDiskIsFullAndKeepsCompleteBatches() throws IOException, InterruptedException {
    Path small = Files.createDirectory(folder.resolve("small"));
    if (run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString()) != 0) {
      System.out.println("skipped: ledger on a full disk, as nobody here may mount a small one");
      assumeTrue(false, "cannot mount");
    }
    String url = "r2dbc:h2:file:///" + small.resolve("ledger");
    try {
      List<String> names = IntStream.range(0, 50_000).mapToObj(i -> "n" + i + ".dev").toList();
      Path file = Files.write(folder.resolve("names"), names);
      Run run =
          Run.of("ledger", "record", "--db", url, "--embedded", "--batch", "100", "-f", "" + file);
      assertEquals(1, run.status());
      assertTrue(run.err().endsWith(": no space left on the device\n"), run::err);
      Files.copy(small.resolve("ledger.mv.db"), folder.resolve("ledger.mv.db"));
    } finally {
      run("umount", small.toString());
    }
    long stored = ledger("show").out().lines().count();
    assertTrue(stored > 0 && stored < 50_000 && stored % 100 == 0, () -> stored + " stored");
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor(20, SECONDS) ? process.exitValue() : -1;
  }

  @Test
  void saysThatTheServerRefusesConnections() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Run run =
        Run.of("ledger", "show", "--db", "r2dbc:postgresql://me:s3cret@127.0.0.1:" + port + "/x");
    assertEquals(1, run.status());
    assertTrue(run.err().contains(": connection refused by 127.0.0.1:"), run::err);
    assertFalse(run.err().contains("s3cret"), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r2dbc:h2:file:///x | a relative path is written r2dbc:h2:file:///./PATH",
        "r2dbc:h2:file:////proc/no/such/place | /proc/no: no such file or folder",
        "r2dbc:h2:file:////dev/null/x | /dev/null: not a folder",
      })
  void saysInOneLineWhatIsWrongWithTheDatabase(String url, String message) {
    Run run = Run.of("ledger", "record", "--db", url, "--embedded", "a.dev");
    assertEquals(1, run.status());
    assertTrue(run.err().contains(message), run::err);
    assertFalse(run.err().contains("s3cret"), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ledger",
        "r2dbc:mysql://me:s3cret@127.0.0.1/x",
        "r2dbc:h2:tcp://me:s3cret@127.0.0.1/x",
        "r2dbc:postgresql://me:s3cret@127.0.0.1",
        "r2dbc:postgresql://127.0.0.1/without-a-user",
        "r2dbc:postgresql://me:s3/cret@127.0.0.1/x",
        "r2dbc:postgresql://me:s3cret@127.0.0.1:99999/x",
        "r2dbc:postgresql://me:s3cret@127.0.0.1:1/x?connectTimeout=soon",
      })
  void refusesWhatIsNotADatabase(String url) {
    for (String command : List.of("record --embedded a.dev", "show", "diff")) {
      Run run = Run.of(("ledger " + command + " --db=" + url).split(" "));
      assertEquals(2, run.status(), run::err);
      String expected =
          "--db is not a database: allowed are r2dbc:h2:file:///PATH and"
              + " r2dbc:postgresql://USER:PASSWORD@HOST/DATABASE";
      assertTrue(run.err().contains(expected), run::err);
      assertFalse(run.err().contains("cret"), run::err);
      assertEquals(1, run.err().lines().count(), run::err);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ledger | allowed are record, show, diff, demo",
        "ledger record --embedded | give names, or -f FILE, or - for standard input",
        "ledger record --embedded --batch 0 a.dev | '0': allowed are 1 to 100000",
        "ledger record --embedded --attempts x a.dev | 'x': allowed are 1 to 100",
        "ledger show --limit 0 | '0': allowed are 1 and more",
        "ledger show --limit 9999999999 | '9999999999': allowed are 1 to 2147483647",
        "ledger show --since yesterday | 'yesterday' is not a time",
        "ledger show --since 2026-13-01 | '2026-13-01' is not a time",
        "ledger dif | 'dif' is not a command. Did you mean 'diff'?",
      })
  void refusesWrongArguments(String arguments, String message) {
    Run run = Run.of(arguments.split(" "));
    assertEquals(2, run.status());
    assertTrue(run.err().contains(message), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
  }

  private Run ledger(String command, String... arguments) {
    String[] all =
        Flowable.just("ledger", command, "--db", "r2dbc:h2:file:///" + folder.resolve("ledger"))
            .concatWith(Flowable.fromArray(arguments))
            .toList()
            .blockingGet()
            .toArray(String[]::new);
    return Run.of(all);
  }
}
