package dev.sluice.samples.exercises.runner;

import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.testing.JavaProcess;
import dev.sluice.samples.testing.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ExercisesCommandTest {
  private static final Path SOLUTIONS = Path.of("src", "solutions", "java");

  @TempDir private Path sources;

  @Test
  void listsWhatIsDoneAndNamesTheNext() throws IOException {
    answer(1, 2, 4);
    Run run = Run.of("exercises", "--sources", sources.toString());
    assertEquals(0, run.status());
    List<String> lines = run.lines();
    assertEquals(
        List.of(
            " 1 done  two words with a second between them",
            " 2 done  three counters at once",
            " 3 -     nothing happens before a subscription",
            " 4 done  subscribe, and handle value and error"),
        lines.subList(0, 4));
    assertEquals(
        List.of(
            "",
            "3 of 40 done.",
            "Next: fill the gap in " + Exercises.ALL.get(2).fileIn(sources),
            "then: sluice exercises 3"),
        lines.subList(40, lines.size()));
  }

  @Test
  void printsAsciiDigitsInEveryLocale() throws IOException {
    answer(1);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      Run list = Run.of("exercises", "--sources", sources.toString());
      assertTrue(list.lines().contains("1 of 40 done."), list::out);
      Run done = Run.of("exercises", "1", "--sources", sources.toString());
      assertTrue(done.lines().get(0).startsWith("1 "), done::out);
      Run unknown = Run.of("exercises", "41", "--sources", sources.toString());
      assertTrue(unknown.err().contains("allowed are 1 to 40"), unknown::err);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void listsAllAsDoneWhenAllAreRight() {
    Run run = Run.of("exercises", "--sources", SOLUTIONS.toString());
    assertEquals("40 of 40 done.", run.lines().get(run.lines().size() - 1), run::out);
  }

  @Test
  void saysWhatIsWrongAndWhereToLook() throws IOException {
    answer(1);
    Path file = Exercises.ALL.get(0).fileIn(sources);
    Files.writeString(file, Files.readString(file).replace("1, SECONDS", "3, SECONDS"));
    Run run = Run.of("exercises", "1", "--sources", sources.toString());
    assertEquals(1, run.status());
    assertEquals(
        List.of(
            "1 two words with a second between them: not yet",
            "",
            "expected:",
            "  0.0 One",
            "  1.0 Two",
            "  1.0 completed",
            "but was:",
            "  0.0 One",
            "  3.0 Two",
            "  3.0 completed"),
        run.lines().subList(0, 10));
    assertTrue(run.out().contains("The file: " + file), run::out);
    assertTrue(run.out().contains("src/solutions/java"), run::out);
  }

  @Test
  void goesOnToTheNextWhenTheAnswerIsRight() throws IOException {
    answer(1);
    Run run = Run.of("exercises", "1", "--sources", sources.toString());
    assertEquals(0, run.status());
    assertEquals("1 two words with a second between them: done", run.lines().get(0));
    assertEquals("then: sluice exercises 2", run.lines().get(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "41", "-1", "abc", "1.5", "99999999999"})
  void refusesWhatIsNoExercise(String number) {
    Run run = Run.of("exercises", "--sources", SOLUTIONS.toString(), "--", number);
    assertEquals(2, run.status());
    assertTrue(
        run.err().contains("'%s' is not an exercise: allowed are 1 to 40".formatted(number)),
        run::err);
  }

  @Test
  void namesAFolderWithoutExercises() {
    Run run = Run.of("exercises", "--sources", sources.toString());
    assertEquals(1, run.status());
    assertTrue(run.err().contains("E01Count.java: no such file"), run::err);
  }

  @Test
  void findsTheGapsOfTheCloneAndIsAProgramOfItsOwn() throws Exception {
    Process java = JavaProcess.start(ExercisesCommand.class.getName());
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = out.lines().collect(toList());
      assertTrue(lines.get(41).endsWith(" of 40 done."), lines::toString);
    }
    assertEquals(0, java.waitFor());
  }

  /** The numbers count from 1, and each exercise has its three files. */
  @Test
  void hasFortyExercisesInOrder() throws IOException {
    assertEquals(
        IntStream.rangeClosed(1, 40).boxed().toList(),
        Exercises.ALL.stream().map(Exercise::number).toList());
    Path first = Exercises.ALL.get(0).fileIn(Path.of("src", "main", "java"));
    List<String> names = Exercises.ALL.stream().map(e -> e.className() + ".java").toList();
    assertEquals(names, files(first.resolveSibling("")));
    assertEquals(names, files(Exercises.ALL.get(0).fileIn(SOLUTIONS).resolveSibling("")));
    List<String> checks = Exercises.ALL.stream().map(e -> e.className() + "Check.java").toList();
    assertEquals(checks, files(first.resolveSibling("checks")));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("E\\d\\d.*"))
          .sorted()
          .toList();
    }
  }

  private void answer(int... numbers) throws IOException {
    for (int number : numbers) {
      Path file = Exercises.ALL.get(number - 1).fileIn(sources);
      Files.createDirectories(file.getParent());
      Files.copy(Exercises.ALL.get(number - 1).fileIn(SOLUTIONS), file);
    }
  }
}
