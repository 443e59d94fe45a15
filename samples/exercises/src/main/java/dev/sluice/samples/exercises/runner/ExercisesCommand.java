package dev.sluice.samples.exercises.runner;

import dev.sluice.samples.Main;
import dev.sluice.samples.Numbers;
import dev.sluice.samples.ParsedOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the exercises with what is done, or checks one of them. */
@Command(
    name = "exercises",
    description = {
      "Forty small tasks from asyncio to RxJava.",
      "Without a number: which of them are done. With one: what is wrong with that answer."
    },
    footer = {"", "Run it in a clone of the project, without building again after an edit."},
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class ExercisesCommand implements Callable<Integer> {
  private static final Path MODULE = Path.of("samples", "exercises");
  private static final Path GAPS = Path.of("src", "main", "java");
  private static final Path SOLUTIONS = Path.of("src", "solutions", "java");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NUMBER",
      converter = ExerciseNumber.class,
      description = "The exercise to check.")
  private @Nullable Exercise exercise;

  @Option(
      names = "--sources",
      paramLabel = "FOLDER",
      description =
          "The source folder with the answers; without it, samples/exercises/src/main/java here or"
              + " in a folder above.")
  private @Nullable Path sources;

  public static void main(String... args) {
    Main.launch(new ExercisesCommand(), args);
  }

  @Override
  public Integer call() throws IOException {
    return exercise == null ? list() : check(exercise);
  }

  /** Status 0 also if nothing is done: the list was printed. */
  private int list() throws IOException {
    Path folder = sources();
    List<Result> results = Grader.of(folder).grade(Exercises.ALL);
    PrintWriter out = out();
    for (Result result : results) {
      Exercise exercise = result.exercise();
      out.printf(
          Locale.ROOT,
          "%2d %-5s %s%n",
          exercise.number(),
          result.done() ? "done" : "-",
          exercise.title());
    }
    long done = results.stream().filter(Result::done).count();
    out.printf(Locale.ROOT, "%n%d of %d done.%n", done, results.size());
    next(results).ifPresent(exercise -> printNext(exercise, folder));
    return 0;
  }

  private static Optional<Exercise> next(List<Result> results) {
    return results.stream().filter(result -> !result.done()).findFirst().map(Result::exercise);
  }

  private void printNext(Exercise exercise, Path folder) {
    out().printf(Locale.ROOT, "Next: fill the gap in %s%n", shown(exercise.fileIn(folder)));
    out().printf(Locale.ROOT, "then: sluice exercises %d%n", exercise.number());
  }

  private int check(Exercise exercise) throws IOException {
    Path folder = sources();
    Result result = Grader.of(folder).grade(List.of(exercise)).get(0);
    PrintWriter out = out();
    if (result.done()) {
      out.printf(Locale.ROOT, "%d %s: done%n", exercise.number(), exercise.title());
      if (exercise.number() < Exercises.ALL.size()) {
        printNext(Exercises.ALL.get(exercise.number()), folder);
      }
      return 0;
    }
    out.printf(Locale.ROOT, "%d %s: not yet%n%n", exercise.number(), exercise.title());
    out.println(result.message());
    out.printf(Locale.ROOT, "%nThe file: %s%n", shown(exercise.fileIn(folder)));
    out.printf(Locale.ROOT, "A solution: %s%n", shown(solution(exercise, folder)));
    return 1;
  }

  private Path sources() throws IOException {
    if (sources != null) {
      return existing(sources);
    }
    for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
      Path found = here.resolve(MODULE).resolve(GAPS);
      if (Files.isDirectory(found)) {
        return found;
      }
    }
    throw new IOException(
        "no " + MODULE + " here or above: run this in a clone of the project, or use --sources");
  }

  /** A missing file is reported before the compiler reports it with a path of its own. */
  private static Path existing(Path folder) throws IOException {
    Path first = Exercises.ALL.get(0).fileIn(folder);
    if (!Files.exists(first)) {
      throw new NoSuchFileException(first.toString());
    }
    return folder;
  }

  private static Path solution(Exercise exercise, Path folder) {
    Path module = folder.toAbsolutePath().normalize();
    return module.endsWith(GAPS)
        ? exercise.fileIn(module.resolve("../../..").normalize().resolve(SOLUTIONS))
        : exercise.fileIn(MODULE.resolve(SOLUTIONS));
  }

  /** Relative to the current folder where that is shorter. */
  private static Path shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath();
    return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  static final class ExerciseNumber extends ParsedOption<Exercise> {
    ExerciseNumber() {
      super(ExerciseNumber::parse);
    }

    private static Exercise parse(String text) {
      try {
        return Exercises.ALL.get(Numbers.parse(text, 1, Exercises.ALL.size()) - 1);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'" + text + "' is not an exercise: allowed are 1 to " + Exercises.ALL.size(), e);
      }
    }
  }
}
