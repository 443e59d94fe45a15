package dev.sluice.samples.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The README shows the recipes of this module as they are, and its links are valid. */
class ReadmeTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
  private static final Pattern ANCHOR = Pattern.compile("]\\(#([^)]+)\\)");

  private final String readme = read("README.md");

  @TestFactory
  Stream<DynamicTest> everySnippetIsTheBodyOfTheRecipeThatIsLinkedAboveIt() throws IOException {
    List<RecipeFile> recipes = RecipeFile.all();
    return SNIPPET
        .matcher(readme)
        .results()
        .map(
            snippet -> {
              RecipeFile recipe = linkedAbove(snippet, recipes);
              return dynamicTest(
                  recipe.name(), () -> assertEquals(recipe.snippet(), snippet.group(1)));
            });
  }

  @Test
  void everyRecipeIsLinked() throws IOException {
    assertEquals(
        List.of(),
        RecipeFile.all().stream().filter(recipe -> !readme.contains(link(recipe))).toList());
  }

  @Test
  void everyLinkedFileExists() {
    List<String> dead =
        LINK.matcher(readme)
            .results()
            .map(match -> match.group(1))
            .filter(link -> !Files.exists(ROOT.resolve(link)))
            .toList();
    assertEquals(List.of(), dead);
  }

  @Test
  void everyLinkedSectionExists() {
    List<String> anchors =
        HEADING.matcher(readme).results().map(match -> anchor(match.group(1))).toList();
    List<String> dead =
        ANCHOR
            .matcher(readme)
            .results()
            .map(match -> match.group(1))
            .filter(link -> !anchors.contains(link))
            .toList();
    assertEquals(List.of(), dead);
  }

  @Test
  void theFirstSnippetHasAtMostEightLines() {
    String first = SNIPPET.matcher(readme).results().findFirst().orElseThrow().group(1);
    assertTrue(first.lines().count() <= 8, first);
  }

  @Test
  void aPipelineOfYourOwnTakesLessThanTwentyLines() throws IOException {
    RecipeFile own =
        RecipeFile.all().stream()
            .filter(recipe -> recipe.name().equals("OwnFiles"))
            .findFirst()
            .get();
    assertTrue(own.snippet().lines().count() < 20, own.snippet());
  }

  /** The recipe whose link is the last one before this snippet. */
  private RecipeFile linkedAbove(MatchResult snippet, List<RecipeFile> recipes) {
    String above = readme.substring(0, snippet.start());
    return recipes.stream()
        .filter(recipe -> above.contains(link(recipe)))
        .max((a, b) -> Integer.compare(above.lastIndexOf(link(a)), above.lastIndexOf(link(b))))
        .orElseThrow(() -> new AssertionError("no recipe is linked above " + snippet.group()));
  }

  private static String link(RecipeFile recipe) {
    return "](samples/hello/" + recipe.file() + ")";
  }

  /** The anchor that GitHub makes of a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
  }

  private static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
