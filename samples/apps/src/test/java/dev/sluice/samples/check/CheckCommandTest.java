package dev.sluice.samples.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.registries.RegistryServer;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command, against registries on loopback. */
@Timeout(60)
class CheckCommandTest {
  @SuppressWarnings("NullAway.Init")
  private RegistryServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server = RegistryServer.start(0, 0);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Run check(String... arguments) {
    String port = String.valueOf(server.dnsPort());
    List<String> local =
        List.of(
            "check",
            "--server=127.0.0.1:" + port,
            "--parent-port=" + port,
            "--rdap=" + server.list(),
            "--rate=1000/s");
    return Run.of(Stream.concat(local.stream(), Stream.of(arguments)).toArray(String[]::new));
  }

  /** Name and verdict of each line, in the order of the names. */
  private static List<String> verdicts(Run run) {
    return run.sortedLines().stream()
        .map(line -> line.replaceAll(" {2,}", "  ").split("  ", 3))
        .map(fields -> fields[0] + ": " + fields[1])
        .toList();
  }

  @Test
  void everyStateOfANameHasItsVerdict() {
    Run run =
        check(
            "registered1.test",
            "undelegated1.test",
            "reserved2.test",
            "redemption1.test",
            "expiring1.test",
            "free1.test");
    assertEquals(
        List.of(
            "expiring1.test: pending delete",
            "free1.test: likely free",
            "redemption1.test: redemption",
            "registered1.test: registered",
            "reserved2.test: reserved",
            "undelegated1.test: registered, not delegated"),
        verdicts(run));
    assertEquals(0, run.status(), run::err);
    assertTrue(run.err().startsWith("6 checked: 1 likely free; 1 pending delete; "), run::err);
    String said = "127.0.0.1:" + server.dnsPort() + ": NXDOMAIN";
    assertTrue(
        run.out().contains(said + "; " + said + ", for test; " + authority() + ": 404 Not Found"),
        run::out);
  }

  private String authority() {
    return server.list().getAuthority();
  }

  @Test
  void whatProvesNothingIsUnknownAndSaysWhy() {
    Run run = check("-v", "free1.strayed", "free2.garbled", "free1.paged", "free1.unlisted");
    assertEquals(1, run.status());
    assertEquals(
        4, run.lines().stream().filter(line -> line.contains("  unknown  ")).count(), run::out);
    assertEquals(16, run.lines().size(), "three sources each");
    assertTrue(run.out().contains("free1.strayed: not an answer of 127.0.0.1"), run::out);
    assertTrue(run.out().contains("free2.garbled: a 404 whose body says otherwise"), run::out);
    assertTrue(run.out().contains("free1.paged: a 404 whose body is no RDAP"), run::out);
    assertTrue(run.out().contains("no RDAP server for unlisted"), run::out);
  }

  @Test
  void aNameIsExaminedAsItIsRegistered() {
    Run run = check("www.Registered1.test.", "a b.test", "co.uk", "_dmarc.free1.test");
    assertEquals(1, run.status());
    assertTrue(
        run.out().contains("www.Registered1.test. (registered1.test) registered "), run::out);
    assertTrue(run.out().contains("_dmarc.free1.test (free1.test) likely free "), run::out);
    assertTrue(
        run.out().contains(" refused                    a public suffix; names are"), run::out);
    assertTrue(run.err().contains("2 refused"), run::err);
  }

  @Test
  void listsSayWhatIsReservedAndWhatIsPremium() throws IOException {
    Path reserved = Files.writeString(folder.resolve("reserved"), "free1\n");
    Path premium = Files.writeString(folder.resolve("premium"), "free2.test\nregistered1.test\n");
    Run run =
        check(
            "--reserved=" + reserved,
            "--premium=" + premium,
            "free1.test",
            "free2.test",
            "registered1.test",
            "registered1.strayed");
    assertEquals(
        List.of(
            "free1.test: reserved",
            "free2.test: likely free, premium",
            "registered1.strayed: registered",
            "registered1.test: registered"),
        verdicts(run));
  }

  @Test
  void patternsWordsAndDomainsMakeNames() throws IOException {
    Path fruit = Files.writeString(folder.resolve("fruit"), "# sweet\nApple\npear\n\napple\n");
    Path names = Files.writeString(folder.resolve("names"), "free1.test\nfree2\n");
    Run run =
        check(
            "--pattern=[a-b]{2}",
            "--pattern={fruit}-x.moved",
            "--words=fruit=" + fruit,
            "--tld=test,busy",
            "-i",
            names.toString(),
            "free3");
    assertEquals(
        List.of(
            "aa.busy",
            "aa.test",
            "ab.busy",
            "ab.test",
            "apple-x.moved",
            "ba.busy",
            "ba.test",
            "bb.busy",
            "bb.test",
            "free1.test",
            "free2.busy",
            "free2.test",
            "free3.busy",
            "free3.test",
            "pear-x.moved"),
        run.sortedLines().stream().map(line -> line.split(" ", 2)[0]).toList());
  }

  @Test
  void writesCsvNdjsonAndMarkdown() {
    Run csv = check("--format=csv", "registered1.test");
    assertEquals("name,domain,verdict,premium,reason,evidence", csv.lines().get(0));
    assertTrue(
        csv.lines()
            .get(1)
            .startsWith("registered1.test,registered1.test,registered,false,127.0.0.1:"),
        csv::out);
    Run json = check("--format=ndjson", "free1.test");
    assertTrue(
        json.out()
            .startsWith(
                "{\"name\":\"free1.test\",\"domain\":\"free1.test\",\"verdict\":\"likely free\","
                    + "\"premium\":false,\"reason\":\""),
        json::out);
    assertTrue(json.out().contains("{\"source\":\"parent\",\"server\":\"127.0.0.1:"), json::out);
    assertTrue(json.out().contains("\"finding\":\"not registered\""), json::out);
    assertTrue(json.out().matches("(?s).*\"when\":\"20[^\"]*Z\"}]}\n"), json::out);
    Run markdown = check("--format=markdown", "undelegated1.test", "a|b.test");
    assertEquals("| name | verdict | reason |", markdown.lines().get(0));
    assertTrue(
        markdown.out().contains("| undelegated1.test | registered, not delegated | "),
        markdown::out);
    assertTrue(markdown.out().contains("| a\\|b.test | refused | "), markdown::out);
  }

  @Test
  void theRunThatResumesExaminesTheUnknownOnesAgain() {
    String journal = "--journal=" + folder.resolve("journal");
    assertEquals(1, check(journal, "free1.test", "free1.down").status());
    Run again = check(journal, "--resume", "free1.test", "free1.down");
    assertEquals(List.of("free1.down: unknown"), verdicts(again));
    assertEquals(List.of("free1.down: unknown"), verdicts(check(journal, "--retryable", "x.test")));
  }

  @Test
  void theListOfRegistriesIsKept() {
    Path cache = folder.resolve("rdap.json");
    assertEquals(0, check("--cache=" + cache, "free1.test").status());
    assertTrue(Files.exists(cache));
    assertEquals(0, check("--cache=" + cache, "free1.test").status());
  }

  @Test
  void anotherFileIsNoCacheForTheListOfRegistries() throws IOException {
    Path names = Files.writeString(folder.resolve("names"), "free1.test\n");
    for (Path cache : List.of(names, folder)) {
      Run run = check("-i", names.toString(), "--cache=" + cache);
      assertEquals(2, run.status(), run::out);
      assertTrue(
          run.err().contains(cache + ", must be a new file, or one that keeps a list"), run::err);
    }
    assertEquals("free1.test\n", Files.readString(names));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rates", "--suffixes", "--reserved", "--premium"})
  void aFileThatIsNoTextIsNamed(String option) throws IOException {
    Path file = Files.write(folder.resolve("latin1"), new byte[] {'\n', 'v', (byte) 0xfc});
    Run run = check(option + "=" + file, "free1.test");
    assertEquals(1, run.status(), run::out);
    assertTrue(run.err().contains(file + ", line 2: not UTF-8"), run::err);
    Run folderRun = check(option + "=" + folder, "free1.test");
    assertEquals(2, folderRun.status(), folderRun::out);
    assertTrue(
        folderRun.err().contains("'" + folder + "' is not a file that can be read"),
        folderRun::err);
  }

  @Test
  void aRegistryIsAHostOfTheReport() {
    Run run = check("--report", "free1.test", "free2.test", "registered1.test");
    assertTrue(
        run.err().lines().anyMatch(line -> line.matches(authority() + " +2 +0 +0 .*")), run::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "none; give names, --pattern PATTERN, or -i FILE",
        "free1; 'free1' has no dot: give --tld, such as --tld dev,com",
        "a.test --format=xml; 'xml' is not a format: allowed are text, csv, ndjson and markdown",
        "a.test --preset=all; 'all' is not a preset: allowed are [europe, popular, tech]",
        "a --tld=dev,; '' is not a domain: allowed are such as dev and co.uk",
        "--pattern=[a-; '[a-' is not a pattern",
        "--pattern={verb}.test; '{verb}' is not a word list: allowed are [adj, noun]",
        "a.test --words=x; 'x' is not a word list: allowed is NAME=FILE",
        "-i no-such-file; 'no-such-file' is not a file that can be read",
        "a.test --rates=no-such-file; no-such-file",
        "a.test --server=300.1; '300.1' is not a resolver",
      })
  void refusesWhatCannotBeMeant(String arguments, String message) {
    Run run = check(arguments.equals("none") ? new String[0] : arguments.split(" ", -1));
    assertTrue(run.status() == 2 || run.status() == 1, run::err);
    assertTrue(run.err().contains(message), run::err);
    assertEquals(0, server.queries());
  }
}
