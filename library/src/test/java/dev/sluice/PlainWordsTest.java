package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Comments and messages name their subject: a query, a permit, a caller. The pronouns below leave
 * the reader to guess what is meant.
 */
class PlainWordsTest {
  private static final Pattern VAGUE =
      Pattern.compile(
          "\\b(nobody|somebody|anybody|everybody|whoever|whomever|who|whom|of others)\\b",
          Pattern.CASE_INSENSITIVE);

  /** A text block, a string, a character, or a comment; in this order at each place. */
  private static final Pattern TEXT =
      Pattern.compile(
          "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'"
              + "|/\\*.*?\\*/|//[^\\n]*",
          Pattern.DOTALL);

  @Test
  void noCommentAndNoMessageIsVague() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      vague(Files.readString(source)).forEach(hit -> found.add(source + ":" + hit));
    }
    assertEquals("", String.join("\n", found));
  }

  @Test
  void findsVagueWordsInCommentsAndStringsOnly() {
    String source =
        """
        // Nobody waits.
        int nobody = 1; /* Whoever
          asks. */ String a = "for \\"somebody\\""; int who = '"';
        """;
    assertEquals(List.of("1: Nobody", "2: Whoever", "3: somebody"), vague(source));
  }

  /** The line and the word of each hit. */
  private static List<String> vague(String source) {
    List<String> found = new ArrayList<>();
    Matcher text = TEXT.matcher(source);
    while (text.find()) {
      Matcher word = VAGUE.matcher(text.group());
      while (word.find()) {
        String before = source.substring(0, text.start() + word.start());
        found.add(1 + before.chars().filter(c -> c == '\n').count() + ": " + word.group());
      }
    }
    return found;
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
