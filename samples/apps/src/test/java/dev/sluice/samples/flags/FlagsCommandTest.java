package dev.sluice.samples.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.servers.flags.FlagFiles;
import dev.sluice.samples.servers.flags.FlagServer;
import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagsCommandTest {
  private static final Pattern ELAPSED = Pattern.compile("Elapsed time: \\d+\\.\\d\\ds");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void downloadsTheTwentyMostPopulousByDefault() throws IOException {
    assertEquals(0, flags());
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.get(0).startsWith("LOCAL site: http://127.0.0.1:"), out::toString);
    assertEquals("Searching for 20 flags: from BD to VN", lines.get(1));
    assertEquals("5 concurrent connections will be used.", lines.get(2));
    assertEquals("-".repeat(20), lines.get(4));
    assertEquals("20 flags downloaded.", lines.get(5));
    assertTrue(ELAPSED.matcher(lines.get(6)).matches(), lines.get(6));
    for (String name : saved()) {
      assertNotNull(ImageIO.read(folder.resolve(name).toFile()), name);
    }
    assertEquals(20, saved().size());
  }

  @ParameterizedTest
  @CsvSource({
    "sequential, 1 connection",
    "threads, 7 concurrent connections",
    "stream, 7 concurrent connections"
  })
  void everyEngineSavesTheSameFilesAndPrintsTheSameSummary(String engine, String connections)
      throws IOException {
    assertEquals(0, flags("BR", "CN", "ZZ", "IN", "US", "NG", "PK", "-m7", "--engine", engine));
    List<String> lines = out.toString().lines().toList();
    assertEquals(connections + " will be used.", lines.get(2));
    assertEquals(
        List.of("BR", "CN", "IN", "NG", "PK", "US"),
        Stream.of(lines.get(3).split(" ")).sorted().toList());
    assertEquals(
        List.of("-".repeat(20), "6 flags downloaded.", "1 not found."), lines.subList(4, 7));
    assertEquals(6, saved().size());
  }

  @Test
  @Timeout(30)
  void endsAtOnceWhenTheJournalLeavesNothing() {
    String journal = folder.resolve("journal.ndjson").toString();
    assertEquals(0, flags("BR", "--engine", "threads", "--journal", journal));
    for (String again : List.of("--resume", "--retryable")) {
      out.getBuffer().setLength(0);
      assertEquals(0, flags("BR", "--engine", "threads", "--journal", journal, again));
      List<String> lines = out.toString().lines().toList();
      assertEquals("Searching for 0 flags", lines.get(1), out::toString);
      assertEquals("No connection will be used.", lines.get(2), out::toString);
    }
  }

  @Test
  void cutsTooManyRequestsAtOnceAndSaysSo() {
    assertEquals(0, flags("BR", "-m", "5000"));
    assertEquals("-m 5000 is cut to 1000.", err.toString().strip());
  }

  @Test
  void printsTheCodesAsTheyComeWhereNoBarIsShown() {
    assertEquals(0, flags("A", "-m", "1"));
    List<String> codes =
        FlagFiles.codes().stream()
            .map(code -> code.toUpperCase(Locale.ROOT))
            .filter(code -> code.startsWith("A"))
            .toList();
    String printed = out.toString().lines().toList().get(3);
    // Two disk threads may finish in another order than they began.
    assertEquals(codes, Stream.of(printed.split(" ")).sorted().toList());
    assertEquals("", err.toString());
  }

  @Test
  void startsANewLineOfCodesAfterTwentySix() {
    assertEquals(0, flags("--all", "-m", "50"));
    int lines = (FlagFiles.codes().size() + 25) / 26;
    assertEquals("-".repeat(20), out.toString().lines().toList().get(3 + lines));
  }

  @Test
  void printsALineForEachCodeWhenVerbose() throws IOException {
    assertEquals(0, flags("-v", "br", "ZZ", "us"));
    assertTrue(out.toString().contains("BR OK\n"), out::toString);
    assertTrue(out.toString().contains("ZZ not found\n"), out::toString);
    assertTrue(out.toString().contains("2 flags downloaded.\n1 not found.\n"), out::toString);
    assertEquals("", err.toString());
    assertEquals(List.of("BR.gif", "US.gif"), saved());
  }

  @Test
  void namesTheFilesByCountry() throws IOException {
    assertEquals(0, flags("--named", "BR", "US"));
    assertEquals(List.of("Brazil.gif", "United_States_of_America.gif"), saved());
  }

  @Test
  void downloadsAllCodesOfTheSite() throws IOException {
    assertEquals(0, flags("--all", "-m", "50"));
    assertEquals(FlagFiles.codes().size(), saved().size());
  }

  @Test
  void triesEveryPossibleCode() throws IOException {
    assertEquals(0, flags("--every", "--max-requests", "100"));
    assertTrue(out.toString().contains("Searching for 676 flags: from AA to ZZ"), out::toString);
    assertEquals(FlagFiles.codes().size(), saved().size());
  }

  @Test
  void limitsTheCodesOfALetter() throws IOException {
    assertEquals(0, flags("B", "-l", "2"));
    assertTrue(out.toString().contains("Searching for 2 flags: BA, BB"), out::toString);
    assertTrue(out.toString().contains("2 concurrent connections will be used."), out::toString);
    assertEquals(List.of("BA.gif", "BB.gif"), saved());
  }

  @Test
  void usesTheSingularForOneFlag() {
    assertEquals(0, flags("BR"));
    assertTrue(out.toString().contains("Searching for 1 flag: BR\n1 connection will"));
    assertTrue(out.toString().contains("1 flag downloaded."), out::toString);
  }

  @Test
  void countsAndListsErrors() throws IOException {
    try (FlagServer teapots = FlagServer.start(HttpServerSettings.onLoopback().withErrorRate(1))) {
      assertEquals(1, flags("-s", teapots.uri().toString(), "A", "-l", "7"));
      String why = "  (A.) error: GET \\Q" + teapots.uri() + "\\E/a./a..gif: 418 I'm a teapot";
      assertTrue(out.toString().contains("0 flags downloaded.\n7 errors.\n"), out::toString);
      // The first five errors may come from any of the codes.
      assertEquals(5, out.toString().lines().filter(line -> line.matches(why)).count());
      assertTrue(out.toString().contains("  and 2 more, which -v shows."), out::toString);
      assertEquals(List.of(), saved());
    }
  }

  @Test
  void givesUpAfterTheTimeout() throws IOException {
    try (FlagServer slow =
        FlagServer.start(HttpServerSettings.onLoopback().withDelay(DelayRange.parse("1h")))) {
      assertEquals(1, flags("-s", slow.uri().toString(), "--timeout", "50ms", "-v", "BR"));
      String line = "BR error: no answer within 50ms from " + slow.uri() + "/br/br.gif";
      assertTrue(out.toString().contains(line), out::toString);
    }
  }

  @Test
  void acceptsTheTriesOption() throws IOException {
    try (FlagServer server = FlagServer.start(HttpServerSettings.onLoopback())) {
      assertEquals(0, flags("-s", server.uri().toString(), "--tries", "3", "BR"));
    }
  }

  @Test
  void saysWhyTheFolderCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertEquals(1, run("flags", "-o", file.resolve("below").toString(), "BR"));
    assertTrue(out.toString().contains("BR error: BR.gif: cannot write"), out::toString);
    assertTrue(out.toString().contains("is a file, not a folder"), out::toString);
  }

  @Test
  void refusesAFolderThatIsAFileOrHasNoName() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    for (String output : List.of(file.toString(), "")) {
      err.getBuffer().setLength(0);
      assertEquals(2, run("flags", "-o", output, "BR"));
      String expected = "--output: '" + output + "' is not a folder: allowed are a folder";
      assertTrue(err.toString().contains(expected), err::toString);
      assertEquals("", out.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "-m 0          | '0': allowed are 1 and more",
        "-m many       | 'many': allowed are 1 and more",
        "-m 2147483648 | '2147483648': allowed are 1 to 2147483647",
        "-l \u0663    | '\u0663': allowed are 1 and more",
        "-a BR         | --all, --every and codes: allowed is one of them",
        "-e BR         | --all, --every and codes: allowed is one of them",
        "-a -e         | --all, --every and codes: allowed is one of them",
        "@codes        | '@codes' is not a country code",
        "--engine jet  | --engine: 'jet' is not an engine: allowed are sequential, threads and stream",
        "-s http://u:p@h | 'http://h' is not a site: allowed are LOCAL, DELAY, ERROR, REMOTE and"
            + " http(s) URLs without user, query and fragment",
        "-l 0          | '0': allowed are 1 and more",
        "-l -1         | '-1': allowed are 1 and more",
        "--tries 0     | '0': allowed are 1 to 100",
        "--timeout 0   | '0' is not a timeout: allowed is anything longer than zero",
        "--timeout x   | 'x' is not a duration: allowed are",
        "-s nowhere    | 'nowhere' is not a site: allowed are LOCAL, DELAY, ERROR, REMOTE and http",
        "-s ftp://a/b  | 'ftp://a/b' is not a site: allowed are",
        "-s http://    | 'http://' is not a site: allowed are",
        "-s http://a?b | 'http://a?b' is not a site: allowed are",
        "B1            | 'B1' is not a country code: allowed are AA to ZZ, and A to Z",
        "ABC           | 'ABC' is not a country code",
        "é             | 'é' is not a country code",
        "--nope        | Unknown option: '--nope'",
      })
  void refusesWrongArgumentsAndSaysWhatIsAllowed(String arguments, String message) {
    assertEquals(2, flags(arguments.split(" ")));
    assertTrue(err.toString().contains(message), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertEquals("", out.toString());
  }

  private int flags(String... arguments) {
    List<String> all = new ArrayList<>(List.of("flags", "-o", folder.toString()));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private List<String> saved() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
