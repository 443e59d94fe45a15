package dev.sluice.samples.genres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.genres.GenreServer;
import dev.sluice.samples.servers.http.DelayRange;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenresCommandTest {
  private static final Pattern WRITING = Pattern.compile("Writing '(.+)' to '(.+)'…");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"-v", "--sequential"})
  void writesTenGenresByDefault(String option) throws IOException {
    Run run = genres("--embedded", option);
    assertEquals(0, run.status(), run.err());
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.get(0).startsWith("Embedded site: http://127.0.0.1:"), run.out());
    for (String line : lines.subList(1, 11)) {
      Matcher writing = WRITING.matcher(line);
      assertTrue(writing.matches(), line);
      assertEquals(writing.group(1), Files.readString(Path.of(writing.group(2))));
    }
    assertEquals("10 genres written.", lines.get(12));
    assertTrue(lines.get(13).matches("Elapsed time: \\d+\\.\\d\\ds"), lines.get(13));
    assertEquals(10, saved().size());
    assertEquals("new_file0.txt", saved().get(0));
  }

  @Test
  void writesInOrderWhenSequential() throws IOException {
    Run run = genres("--embedded", "--sequential", "-n", "12");
    List<String> files =
        run.out()
            .lines()
            .map(WRITING::matcher)
            .filter(Matcher::matches)
            .map(writing -> Path.of(writing.group(2)).getFileName().toString())
            .toList();
    assertEquals("new_file11.txt", files.get(11));
    assertEquals("new_file3.txt", files.get(3));
  }

  @Test
  void showsMilestonesWithoutATerminal() {
    assertTrue(genres("--embedded", "-n", "20").err().contains("20 of 20, "));
    assertEquals("", genres("--embedded", "-n", "20", "-v").err());
  }

  @Test
  void asksTheGivenSite() throws IOException {
    try (HttpServer server = GenreServer.start(HttpServerSettings.onLoopback())) {
      Run run = genres("--base", server.uri().toString(), "-n", "3", "-m", "2");
      assertEquals(0, run.status());
      assertTrue(run.out().startsWith("Site: " + server.uri() + "\n"), run.out());
      assertEquals(3, saved().size());
    }
  }

  @Test
  void countsAndListsErrors() throws IOException {
    try (HttpServer teapots = GenreServer.start(HttpServerSettings.onLoopback().withErrorRate(1))) {
      Run run = genres("--base", teapots.uri().toString(), "-n", "7");
      String url = teapots.uri() + "/wp-json/genrenator/v1/genre/";
      assertEquals(1, run.status());
      assertTrue(run.out().contains("0 genres written.\n7 errors.\n"), run.out());
      assertTrue(run.out().contains(" error: GET " + url + ": 418 I'm a teapot\n"), run.out());
      assertTrue(run.out().contains("  and 2 more, which -v shows."), run.out());
      assertEquals(List.of(), saved());
    }
  }

  @Test
  void printsALineForEachErrorWhenVerbose() throws IOException {
    try (HttpServer teapots = GenreServer.start(HttpServerSettings.onLoopback().withErrorRate(1))) {
      Run run = genres("--base", teapots.uri().toString(), "-n", "7", "-v");
      assertEquals(7, run.out().lines().filter(line -> line.contains("error: GET ")).count());
    }
  }

  @Test
  void saysInOneLineThatTheSiteRefusesConnections() {
    Run run = genres("--base", "http://127.0.0.1:1", "-n", "1");
    assertEquals(1, run.status());
    assertTrue(run.out().contains("1 error.\n"), run.out());
    assertTrue(run.out().lines().noneMatch(line -> line.contains("\tat ")), run.out());
  }

  @Test
  void givesUpAfterTheTimeout() throws IOException {
    try (HttpServer slow =
        GenreServer.start(HttpServerSettings.onLoopback().withDelay(DelayRange.parse("1h")))) {
      Run run = genres("--base", slow.uri().toString(), "--timeout", "50ms", "-n", "1");
      assertEquals(1, run.status());
      assertTrue(run.out().contains("0 error: no answer within 50ms from "), run.out());
    }
  }

  @Test
  void escapesControlCharactersOfAGenre() throws IOException {
    Response hostile =
        Response.of(Status.OK)
            .with(ByteBuffer.wrap("\"\\u001b[2Jgone\\n\"".getBytes(StandardCharsets.UTF_8)));
    try (HttpServer server =
        HttpServer.start("hostile", HttpServerSettings.onLoopback(), r -> hostile)) {
      Run run = genres("--base", server.uri().toString(), "-n", "1");
      assertTrue(run.out().contains("Writing '<U+001B>[2Jgone<U+000A>' to '"), run.out());
      assertEquals("\u001b[2Jgone\n", Files.readString(folder.resolve("new_file0.txt")));
    }
  }

  @Test
  void saysWhyTheFolderCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Run run = Run.of("genres", "--embedded", "-n", "1", "-o", file.resolve("below").toString());
    assertEquals(1, run.status());
    assertTrue(run.out().contains("is a file, not a folder"), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "-n 0             | '0': allowed are 1 to 100000",
        "-n many          | 'many': allowed are 1 to 100000",
        "-m 0             | '0': allowed are 1 and more",
        "--timeout 0      | '0' is not a timeout",
        "--tries 0        | '0': allowed are 1 to 100",
        "--base nowhere   | 'nowhere' is not a site: allowed are http(s) URLs without user",
        "--base http://a?b | 'http://a?b' is not a site",
        "--base http://u:p@127.0.0.1/ | is not a site",
        "--base ftp://127.0.0.1/ | is not a site",
        "--base http://127.0.0.1/ --embedded | --base and --embedded: allowed is one of them",
        "polka            | unexpected argument",
        "--nope           | Unknown option: '--nope'",
      })
  void refusesWrongArgumentsAndSaysWhatIsAllowed(String arguments, String message) {
    Run run = genres(arguments.split(" "));
    assertEquals(2, run.status());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }

  private Run genres(String... arguments) {
    List<String> all = new ArrayList<>(List.of("genres", "-o", folder.toString()));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  private List<String> saved() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
