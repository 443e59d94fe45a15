package dev.sluice.samples.exercises.runner;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.functions.Consumer;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Compiles answers and runs their checks, one after another, each on a thread of its own that is
 * given up when its time limit elapses.
 */
final class Grader {
  /** A check takes milliseconds; the rest is for slow machines. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

  private final Path sources;
  private final Duration timeLimit;

  private Grader(Path sources, Duration timeLimit) {
    this.sources = sources;
    this.timeLimit = timeLimit;
  }

  /** Grades the files below this folder of sources, 10 s for each. */
  static Grader of(Path sources) {
    return new Grader(sources, TIME_LIMIT);
  }

  Grader withTimeLimit(Duration other) {
    return new Grader(sources, other);
  }

  /**
   * The result of each exercise, in the order given. Blocks until all checks have ended.
   *
   * @throws IOException if this Java has no compiler
   */
  List<Result> grade(Collection<Exercise> exercises) throws IOException {
    Map<Path, String> errors = new HashMap<>();
    Compilation compiled = compiled(exercises, errors);
    AnswerLoader loader = new AnswerLoader(compiled.classes());
    List<Result> results = new ArrayList<>();
    for (Exercise exercise : exercises) {
      results.add(result(exercise, errors.get(fileOf(exercise)), loader));
    }
    return results;
  }

  private Result result(Exercise exercise, @Nullable String error, AnswerLoader loader) {
    if (!Files.exists(fileOf(exercise))) {
      return Result.open(exercise, fileOf(exercise) + ": no such file");
    }
    return error == null
        ? run(exercise, loader)
        : Result.open(exercise, "does not compile\n" + error);
  }

  /**
   * The files that compile. After an error the compiler writes nothing, and after a syntax error it
   * does not look for others, so the rest is compiled again until there are no more errors.
   */
  private Compilation compiled(Collection<Exercise> exercises, Map<Path, String> errors)
      throws IOException {
    List<Path> files = exercises.stream().map(this::fileOf).filter(Files::exists).toList();
    Compilation compiled = Compilation.of(files);
    while (!compiled.errors().isEmpty()) {
      errors.putAll(compiled.errors());
      files = files.stream().filter(file -> !errors.containsKey(file)).toList();
      compiled = Compilation.of(files);
    }
    return compiled;
  }

  private Path fileOf(Exercise exercise) {
    return exercise.fileIn(sources).toAbsolutePath().normalize();
  }

  private Result run(Exercise exercise, AnswerLoader loader) {
    ExerciseCheck check = check(exercise, loader);
    Queue<Throwable> undelivered = new ConcurrentLinkedQueue<>();
    Consumer<? super Throwable> handler = RxJavaPlugins.getErrorHandler();
    RxJavaPlugins.setErrorHandler(undelivered::add);
    try {
      String problem = problem(exercise, check);
      if (problem.isEmpty() && !undelivered.isEmpty()) {
        problem = "an error had no subscriber left: " + undelivered.peek();
      }
      return problem.isEmpty()
          ? Result.done(exercise)
          : Result.open(exercise, problem + "\n\n" + check.lesson());
    } finally {
      RxJavaPlugins.setErrorHandler(handler);
    }
  }

  private static ExerciseCheck check(Exercise exercise, AnswerLoader loader) {
    try {
      return (ExerciseCheck) loader.loadClass(exercise.checkName()).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no check for " + exercise, e);
    }
  }

  /** Empty if the check passed. */
  private String problem(Exercise exercise, ExerciseCheck check) {
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              check.run();
              return "";
            });
    Thread thread = new Thread(task, "check-" + exercise.number());
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(timeLimit.toMillis(), MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return "still running after " + timeLimit.toSeconds() + " s, stopped";
    } catch (ExecutionException e) {
      return describe(exercise, requireNonNull(e.getCause()));
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private static String describe(Exercise exercise, Throwable e) {
    return e instanceof AssertionError wrong
        ? String.valueOf(wrong.getMessage())
        : e + place(exercise, e);
  }

  /** The line of the answer that threw. */
  private static String place(Exercise exercise, Throwable e) {
    for (StackTraceElement frame : e.getStackTrace()) {
      if (frame.getClassName().endsWith("." + exercise.className())) {
        return " in line " + frame.getLineNumber();
      }
    }
    return "";
  }
}
