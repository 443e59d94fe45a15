package dev.sluice.samples.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Phase;
import dev.sluice.journal.Journal;
import dev.sluice.journal.JournalEntry;
import dev.sluice.journal.JournalVerdict;
import dev.sluice.samples.servers.flags.FlagServer;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options {@code --journal}, {@code --resume} and {@code --retryable}, and what is shown. */
@Timeout(120)
class JournalCommandTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("run.ndjson");
  }

  private Run run(String command, String... more) {
    List<String> all = new ArrayList<>(List.of(command.split(" ")));
    all.addAll(List.of("--journal", file.toString()));
    all.addAll(List.of(more));
    return Run.of(all.toArray(String[]::new));
  }

  private Run flags(FlagServer server, String... more) {
    return run(
        "flags BR CN ZZ IN",
        Stream.concat(
                Stream.of("-s", server.uri().toString(), "-o", folder.resolve("d").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Map<String, JournalVerdict> verdicts() {
    Map<String, JournalVerdict> verdicts = new TreeMap<>();
    Journal.read(file).blockingForEach(entry -> verdicts.put(entry.key(), entry.verdict()));
    return verdicts;
  }

  @Test
  void resumeAsksOnlyForWhatIsNotDone() throws IOException {
    try (FlagServer server = FlagServer.start(HttpServerSettings.onLoopback())) {
      assertEquals(0, flags(server).status());
      assertEquals(
          Map.of(
              "BR", JournalVerdict.SUCCESS,
              "CN", JournalVerdict.SUCCESS,
              "IN", JournalVerdict.SUCCESS,
              "ZZ", JournalVerdict.NOT_FOUND),
          verdicts());
      Files.delete(folder.resolve("d/CN.gif"));
      Run again = flags(server, "--resume");
      assertTrue(again.out().contains("Searching for 1 flag: CN\n"), again::out);
      assertTrue(again.out().contains("1 flag downloaded.\n"), again::out);
      assertTrue(again.err().contains("3 of 4 are done.\n"), again::err);
      assertTrue(Files.exists(folder.resolve("d/CN.gif")));
    }
  }

  @Test
  void retryableAsksOnlyForWhatMaySucceedNow() throws IOException {
    List<String> paths = new CopyOnWriteArrayList<>();
    try (HttpServer server =
        HttpServer.start(
            "site",
            HttpServerSettings.onLoopback(),
            request -> {
              paths.add(request.path());
              return switch (request.path()) {
                case "/1" -> Response.text(Status.SERVICE_UNAVAILABLE, "later");
                case "/2" -> Response.text(Status.BAD_REQUEST, "never");
                default -> Response.text(Status.OK, "<h1>A title</h1>");
              };
            })) {
      String base = "--base=" + server.uri();
      assertEquals(1, run("titles --from 1 --to 4", base).status());
      paths.clear();
      Run again = run("titles --from 1 --to 4", base, "--retryable");
      assertEquals(List.of("/1"), paths);
      assertTrue(again.err().contains("1 of 4 in the journal may succeed now.\n"), again::err);
      JournalEntry last = Journal.read(file).blockingLast();
      assertEquals("1", last.key());
      assertTrue(last.isRetryable());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "genres -n 3 --embedded, genre",
    "'titles --from 1 --to 3 --embedded', title",
    "'probe --embedded a.dev b.dev c.dev', name"
  })
  void everyCommandKeepsAJournalAndReports(String command, String what) {
    Run run =
        command.startsWith("genres")
            ? run(command, "-o", folder.resolve("g").toString(), "--report")
            : run(command, "--report");
    assertEquals(3, verdicts().size(), () -> what + run.out() + run.err());
    assertTrue(run.err().contains(" % of the time went into "), run::err);
    Run report = Run.of("journal", "report", file.toString());
    assertEquals(0, report.status(), report::err);
    assertTrue(report.out().contains("phase "), report::out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"genres -n 3 --embedded", "titles --from 1 --to 3 --embedded"})
  void thePhasesOfACallAreNoted(String command) throws IOException {
    Path genres = folder.resolve("g");
    run(command.startsWith("genres") ? command + " -o " + genres : command);
    for (JournalEntry entry : Journal.read(file).toList().blockingGet()) {
      assertTrue(entry.phases().of().containsKey(Phase.FIRST_BYTE), entry::toString);
      assertTrue(entry.status() > 0, entry::toString);
    }
  }

  @Test
  void aSiteIsTimedThroughTheClientOfItsOwn() throws IOException {
    try (FlagServer server = FlagServer.start(HttpServerSettings.onLoopback())) {
      Run run = run("sitecheck", server.uri() + "/br/br.gif", server.uri() + "/none");
      assertEquals(0, run.status(), run::err);
      List<JournalEntry> entries = Journal.read(file).toList().blockingGet();
      assertEquals(List.of(200, 404), entries.stream().map(JournalEntry::status).sorted().toList());
      for (JournalEntry entry : entries) {
        assertTrue(entry.phases().attemptMicros() > 0, entry::toString);
        assertEquals(server.uri().getAuthority(), entry.lane());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "flags BR --resume, --resume needs --journal FILE",
    "flags BR --retryable, --retryable needs --journal FILE",
    "probe --embedded a.dev --journal none --retryable, --retryable: there is no journal",
    "flags BR --journal j --resume --retryable, --resume and --retryable: allowed is one of them",
    "journal report none, is not a file: a journal is needed",
    "journal, 'a command is missing: allowed are report, diff'"
  })
  void contradictionsAreRefused(String command, String message) {
    Run run = Run.of(command.split(" "));
    assertEquals(2, run.status());
    assertTrue(run.err().contains(message), run::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flags", "titles --embedded", "sitecheck", "probe --embedded", "check"})
  void retryableNeedsNoOtherKeys(String command) throws IOException {
    Files.createFile(file);
    Run run = run(command, "--retryable");
    assertEquals(0, run.status(), run::err);
  }

  @Test
  void whatCannotBeReadTwiceIsRefused() {
    Run page = Run.of("journal", "report", "/dev/null", "--html", folder.resolve("p").toString());
    assertEquals(2, page.status());
    assertTrue(page.err().contains("'/dev/null' cannot be read twice"), page::err);
    Run diff = Run.of("journal", "diff", "/dev/null", "/dev/null");
    assertEquals(1, diff.status());
    assertTrue(diff.err().contains("not a regular file"), diff::err);
  }

  @Test
  void anEmptyJournalHasNoOutcome() throws IOException {
    Files.createFile(file);
    assertEquals("no outcome\n", Run.of("journal", "report", file.toString()).out());
  }

  @Test
  void aTornLastLineIsDroppedWithAWord() throws IOException {
    try (FlagServer server = FlagServer.start(HttpServerSettings.onLoopback())) {
      flags(server);
      Files.writeString(file, "{\"v\":1,\"ke", StandardOpenOption.APPEND);
      Run report = Run.of("journal", "report", file.toString());
      assertTrue(report.err().contains("the last line is not whole"), report::err);
      Run again = flags(server, "--resume");
      assertTrue(again.err().contains("the last line is not whole"), again::err);
      assertEquals(4, verdicts().size());
    }
  }

  @Test
  void noShareOfHedgedKeysIsAboveAll() throws IOException {
    Files.writeString(
        file,
        "{\"v\":1,\"key\":\"a\",\"verdict\":\"success\",\"start\":\"2026-11-29T12:00:00Z\","
            + "\"micros\":{\"total\":220000,\"permit\":20000,\"attempt\":400000}}\n");
    String report = Run.of("journal", "report", file.toString()).out();
    assertTrue(report.contains("95 % of the time went into attempts"), report);
    List<String> shares =
        report
            .lines()
            .filter(line -> line.endsWith(" %"))
            .map(line -> line.split(" +"))
            .map(row -> row[0] + " " + row[row.length - 2])
            .toList();
    assertEquals(List.of("permit 5", "attempt 95", "key 100"), shares);
  }

  @Test
  void diffShowsWhatChanged() throws IOException {
    Path other = folder.resolve("other.ndjson");
    String line = "{\"v\":1,\"key\":\"%s\",\"verdict\":\"%s\",\"bytes\":%d}\n";
    Files.writeString(
        file,
        line.formatted("same", "success", 1)
            + line.formatted("longer", "success", 1)
            + line.formatted("gone", "success", 1)
            + line.formatted("twice", "failure", 0)
            + line.formatted("twice", "success", 1)
            + line.formatted("kept", "success", 1));
    Files.writeString(
        other,
        line.formatted("same", "success", 1)
            + line.formatted("longer", "success", 2)
            + line.formatted("new\\u001b[31m", "not-found", 0)
            + line.formatted("twice", "success", 1)
            + line.formatted("kept", "unchanged", 1));
    Run diff = Run.of("journal", "diff", file.toString(), other.toString());
    assertEquals(1, diff.status(), diff::err);
    assertEquals(
        """
        - gone: success, 1 bytes
        ~ longer: success, 1 bytes; now success, 2 bytes
        + new<U+001B>[31m: not-found, 0 bytes
        1 changed, 1 only in A, 1 only in B, 3 same
        """,
        diff.out());
    Run same = Run.of("journal", "diff", file.toString(), file.toString());
    assertEquals(0, same.status());
    assertEquals("0 changed, 0 only in A, 0 only in B, 5 same\n", same.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"h1", "<script>alert(1)</script>"})
  void thePageNeedsNoOtherFileAndIsSafe(String lane) throws IOException {
    Path page = folder.resolve("page.html");
    Files.writeString(
        file,
        ("{\"v\":1,\"key\":\"a\",\"verdict\":\"success\",\"lane\":\""
                + lane
                + "\",\"start\":\"2026-11-29T12:00:00Z\","
                + "\"micros\":{\"total\":3000,\"permit\":1000,\"body\":2000}}\n")
            .repeat(3));
    Run run = Run.of("journal", "report", file.toString(), "--html", page.toString());
    assertEquals(0, run.status(), run::err);
    String html = Files.readString(page, UTF_8);
    assertTrue(html.contains("<polygon class=\"flight\""), html);
    assertTrue(html.contains("67 % of the time went into receiving bodies"), html);
    assertFalse(html.contains("<script") || html.contains("src=") || html.contains("url("), html);
  }

  @Test
  void aPageReplacesAnEarlierPageAndNoOtherFile() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "is.dev\n");
    Path page = folder.resolve("page.html");
    String probe = "probe --embedded is.dev --report=";
    assertEquals(0, run(probe + page).status());
    assertEquals(0, run(probe + page).status());
    byte[] lines = Files.readAllBytes(file);

    Run ontoList = run(probe + list);
    assertEquals(2, ontoList.status());
    assertTrue(ontoList.err().contains("is no page of a report"), ontoList::err);
    Run ontoJournal = Run.of("journal", "report", file.toString(), "--html", file.toString());
    assertEquals(2, ontoJournal.status());
    assertTrue(ontoJournal.err().contains("is no page of a report"), ontoJournal::err);
    Path fresh = folder.resolve("fresh.ndjson");
    Run ontoNewJournal =
        Run.of("probe", "--embedded", "--journal", fresh.toString(), "--report=" + fresh, "is.dev");
    assertEquals(1, ontoNewJournal.status());
    assertEquals(1, Journal.read(fresh).count().blockingGet());

    assertEquals("is.dev\n", Files.readString(list));
    assertArrayEquals(lines, Files.readAllBytes(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"titles --from 1 --to 3 --embedded", "probe --embedded a.dev b.dev c.dev"})
  void reportWritesAPageOfThisRunAlone(String command) throws IOException {
    Path page = Files.createDirectory(folder.resolve("pages")).resolve("page.html");
    assertEquals(0, run(command).status());
    Run run = run(command, "--report=" + page);
    assertTrue(run.err().contains(" % of the time went into "), run::err);
    String html = Files.readString(page, UTF_8);
    assertTrue(html.contains("<svg ") && html.contains("<pre>3 "), html);
    try (var files = Files.list(page.getParent())) {
      assertEquals(List.of(page), files.toList());
    }
  }

  @Test
  void theWordHtmlAfterReportWritesAPageIntoThePresentFolder() throws IOException {
    Path page = Path.of("report.html");
    assertFalse(Files.exists(page), page + " would be overwritten");
    try {
      Run run = Run.of("probe", "--embedded", "--report", "html", "a.dev");
      assertTrue(run.err().contains("1 done: "), run::err);
      assertTrue(run.err().contains("page with a picture of the run: report.html"), run::err);
      assertTrue(Files.readString(page, UTF_8).contains("<svg "));
    } finally {
      Files.deleteIfExists(page);
    }
  }

  @Test
  void anyOtherWordAfterReportIsAKey() {
    Run run = Run.of("probe", "--embedded", "--report", "a.dev");
    assertTrue(run.err().contains("1 done: "), run::err);
  }

  @Test
  void aPageThatCannotBeWrittenIsAUsageError() {
    Run run = Run.of("probe", "--embedded", "--report=" + folder.resolve("none/p.html"), "a.dev");
    assertEquals(2, run.status());
    assertTrue(run.err().contains("p.html' cannot be written"), run::err);
  }

  @Test
  void reportsTimesOfManyYears() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String year : List.of("0000", "9998")) {
      for (int i = 0; i < 300; i++) {
        lines.append(
            """
            {"v":1,"key":"k","verdict":"success","lane":"h1","start":"%s-01-01T00:00:00Z",\
            "micros":{"total":31536000000000,"attempt":31536000000000}}
            """
                .formatted(year));
      }
    }
    Files.writeString(file, lines);
    Path page = folder.resolve("p.html");
    Run run = Run.of("journal", "report", file.toString(), "--html", page.toString());
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("5256000h00m 100 %"), run.out());
    assertFalse(run.out().contains(" -"), run.out());
    assertTrue(Files.readString(page).contains("5256000h00m"), "the page has the same total");
  }
}
