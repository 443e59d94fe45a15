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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BlogdomCommandTest {
  private static final Zones ZONES = Zones.parse("for.dev A 192.0.2.1\nin.dev TXT text\n");

  @TempDir Path folder;

  @Test
  void showsThePythonKeywordsWithoutANetwork() {
    Run run = Run.of("blogdom", "--embedded");
    assertEquals(0, run.status(), run::err);
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.get(lines.size() - 1).matches("Elapsed time: \\d+\\.\\d\\ds"), run::out);
    Set<String> expected =
        Set.of(
            "+ and.dev",
            "+ as.dev",
            "+ case.dev",
            "+ def.dev",
            "+ elif.dev",
            "+ for.dev",
            "+ in.dev",
            "+ is.dev",
            "+ not.dev",
            "+ try.dev",
            "  del.dev",
            "  else.dev",
            "  from.dev",
            "  if.dev",
            "  none.dev",
            "  or.dev",
            "  pass.dev",
            "  true.dev",
            "  with.dev");
    List<String> sorted = expected.stream().sorted().toList();
    assertEquals(sorted, lines.subList(0, lines.size() - 1).stream().sorted().toList());
  }

  @Test
  void knowsTheKeywordsOfJava() {
    Run run = Run.of("blogdom", "--embedded", "--words", "java", "--max-length", "2");
    assertEquals(List.of("  if.dev", "  to.dev", "+ do.dev"), run.sortedLines().subList(0, 3));
    assertEquals(4, run.sortedLines().size(), run::out);
  }

  @Test
  void takesWordsFromAFile() throws IOException {
    Path words =
        Files.writeString(folder.resolve("words"), "# words\nFor\n\nfor\n  # more\nthe\nmatches\n");
    Run run = Run.of("blogdom", "--embedded", "--words", words.toString());
    assertEquals(new TreeSet<>(List.of("  the.dev", "+ for.dev")), marks(run));
  }

  @Test
  void tellsNoAddressFromNotFound() throws IOException {
    Path words = Files.writeString(folder.resolve("words"), "for\nin\nno\n");
    try (DnsServer server = DnsServer.start(DnsServerSettings.onLoopback(ZONES))) {
      Run run = Run.of("blogdom", "--words", words.toString(), "-r", server.hostAndPort());
      assertEquals(0, run.status());
      assertEquals(new TreeSet<>(List.of("  no.dev", "+ for.dev", "~ in.dev")), marks(run));
    }
  }

  @Test
  void showsAnUnknownNameAsUnknown() throws IOException {
    DnsFaults broken = DnsFaults.NONE.withRcode(Rcode.REFUSED, 1);
    try (DnsServer server =
        DnsServer.start(DnsServerSettings.onLoopback(ZONES).withFaults(broken))) {
      Run run = Run.of("blogdom", "--max-length", "2", "-r", server.hostAndPort());
      assertEquals(1, run.status());
      for (String line : marks(run)) {
        assertTrue(line.matches("\\? \\w\\w\\.dev: .*REFUSED.*"), line);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "blogdom --max-length 0 --embedded | '0': allowed are 1 to 63",
        "blogdom --max-length long --embedded | 'long': allowed are 1 to 63",
        "blogdom --tld a..b --embedded | 'a..b' is not a domain: allowed are such as dev and com.br",
        "blogdom --tld . --embedded | '.' is not a domain",
        "blogdom --words klingon --embedded | 'klingon' is not a word list: allowed are python, java, and a file",
        "blogdom --embedded -r nowhere | 'nowhere' is not a resolver: allowed are addresses such as",
        "blogdom -r 127.0.0.1:0 | '127.0.0.1:0' is not a resolver",
        "blogdom -r ,, | '' is not a resolver",
        "blogdom -r 127.0.0.1, | '' is not a resolver",
        "blogdom -r 127.0.0.400 | '127.0.0.400' is not a resolver",
        "blogdom -r 127.0.0.1 --embedded | --embedded and --resolver: allowed is one of them",
        "blogdom -r u:secret@127.0.0.1 | '127.0.0.1' is not a resolver",
        "blogdom --words . --embedded | '.' is not a word list",
        "blogdom --max-length 1 --embedded | 'python' has no word of at most 1 letter",
        "blogdom dev --embedded | unexpected argument 'dev'",
        "domaincheck --embedded | TLD is missing",
        "domaincheck a..b --embedded | 'a..b' is not a domain: allowed are such as dev and com.br",
        "domaincheck dev com --embedded | unexpected argument 'com'",
      })
  void refusesWrongArgumentsAndSaysWhatIsAllowed(String arguments, String message) {
    Run run = Run.of(arguments.split(" "));
    assertEquals(2, run.status());
    assertTrue(run.err().contains(message), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
    assertEquals("", run.out());
  }

  @Test
  void refusesWordsThatAreNotTextAndEscapesControlCharacters(@TempDir Path folder)
      throws IOException {
    Path words = Files.write(folder.resolve("words"), new byte[] {'a', (byte) 0xFF, '\n'});
    Run refused = Run.of("blogdom", "--words", words.toString(), "--embedded");
    assertEquals(2, refused.status());
    assertTrue(refused.err().contains("is not a word list: it is not text in UTF-8"), refused::err);
    Files.writeString(words, "\u001b[2J\n");
    Run run = Run.of("blogdom", "--words", words.toString(), "--embedded");
    assertTrue(run.out().startsWith("? <U+001B>[2j.dev: "), run::out);
    assertTrue(run.out().indexOf('\u001b') < 0);
  }

  /** A byte order mark, carriage returns, comments and empty lines. */
  @Test
  void readsAListAsSomeEditorsWriteIt(@TempDir Path folder) throws IOException {
    Path words = Files.writeString(folder.resolve("words"), "\uFEFF# a list\r\n\r\n  for \r\n");
    Run run = Run.of("blogdom", "--words", words.toString(), "--embedded");
    assertEquals(Set.of("+ for.dev"), marks(run));
  }

  /** Such as the pipe of {@code --words <(…)}. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/null is a device of Linux")
  void readsAListThatIsNotARegularFile() {
    Run run = Run.of("blogdom", "--words", "/dev/null", "--embedded");
    assertTrue(run.err().contains("'/dev/null' has no word of at most 4 letters"), run::err);
    assertEquals(2, run.status());
  }

  @Test
  void domaincheckHasTwoColumns() {
    Run run = Run.of("domaincheck", ".DEV.", "--embedded");
    assertEquals(0, run.status(), run::err);
    List<String> lines = run.out().lines().toList();
    assertEquals("FOUND         NOT FOUND", lines.get(0));
    assertEquals("=====         =========", lines.get(1));
    assertEquals(2 + 19, lines.size());
    assertTrue(lines.contains("for.dev"), run::out);
    assertTrue(lines.contains(" ".repeat(14) + "from.dev"), run::out);
  }

  @Test
  void domaincheckPutsUnknownNamesInNeitherColumn() throws IOException {
    DnsFaults broken = DnsFaults.NONE.withRcode(Rcode.REFUSED, 1);
    try (DnsServer server =
        DnsServer.start(DnsServerSettings.onLoopback(ZONES).withFaults(broken))) {
      Run run = Run.of("domaincheck", "dev", "-r", server.hostAndPort());
      assertEquals(1, run.status());
      assertEquals(2, run.out().lines().count());
      assertEquals(19, run.err().lines().filter(line -> line.startsWith("? ")).count());
    }
  }

  /** The lines without the elapsed time. */
  private static Set<String> marks(Run run) {
    Set<String> marks = new TreeSet<>(run.sortedLines());
    marks.removeIf(line -> line.startsWith("Elapsed"));
    return marks;
  }
}
