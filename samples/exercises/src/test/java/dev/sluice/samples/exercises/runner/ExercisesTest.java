package dev.sluice.samples.exercises.runner;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every gap fails and every solution passes. A gap that a learner has filled is left out, unless
 * the environment variable {@code CI} is set, as it is in {@code .ci/run}: committed gaps are open.
 */
@Timeout(120)
class ExercisesTest {
  private static final Path GAPS = Path.of("src", "main", "java");
  private static final Path SOLUTIONS = Path.of("src", "solutions", "java");
  private static final boolean CI = "true".equals(System.getenv("CI"));

  @SuppressWarnings("unused") // By FieldSource.
  static final List<Exercise> ALL = Exercises.ALL;

  private static final class OfGaps {
    static final Map<Exercise, Result> RESULTS = results(GAPS);
  }

  private static final class OfSolutions {
    static final Map<Exercise, Result> RESULTS = results(SOLUTIONS);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void theSolutionPasses(Exercise exercise) {
    Result result = requireNonNull(OfSolutions.RESULTS.get(exercise));
    assertTrue(result.done(), result::message);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void theGapFailsWithItsLesson(Exercise exercise) {
    Result result = requireNonNull(OfGaps.RESULTS.get(exercise));
    assumeFalse(result.done() && !CI, "filled by a learner");
    assertFalse(result.done(), "the committed gap is filled");
    boolean compiles = !result.message().startsWith("does not compile");
    assertTrue(compiles || !CI, result::message);
    assertTrue(!compiles || result.message().contains("\n\n"), result::message);
  }

  /** The task and the Python original are the same text in both files. */
  @ParameterizedTest
  @FieldSource("ALL")
  void gapAndSolutionDescribeTheSameTask(Exercise exercise) throws IOException {
    assertEquals(task(exercise, SOLUTIONS), task(exercise, GAPS));
  }

  /** From the Javadoc to the signature, without imports: those of the gap serve both. */
  private static String task(Exercise exercise, Path sources) throws IOException {
    String text = Files.readString(exercise.fileIn(sources));
    int python = text.indexOf("  // Python:");
    int signature = text.indexOf("\n\n", python);
    return text.substring(text.indexOf("/**"), text.indexOf(" {\n", signature));
  }

  private static Map<Exercise, Result> results(Path sources) {
    try {
      return Grader.of(sources).grade(Exercises.ALL).stream()
          .collect(toMap(Result::exercise, result -> result));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
