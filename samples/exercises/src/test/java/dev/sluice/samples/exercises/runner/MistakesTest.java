package dev.sluice.samples.exercises.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks refuse likely mistakes, and say what is wrong with each. */
@Timeout(60)
class MistakesTest {
  private static final Path SOLUTIONS = Path.of("src", "solutions", "java");

  @TempDir private Path sources;

  /** A piece of the solution, a wrong one in its place, and a part of the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
           1 | .delay(1, SECONDS, clock) | .delay(2, SECONDS, clock) | 2.0 Two
           2 | merge(count, count, count) | merge(count, count) | 1.0 Two
           3 | }); | }).cache(); | effects after two subscriptions: expected 2, but was 1
           4 | "error " | "failed " | heard of an error
           5 | answer.map( | Single.just(answer.blockingGet()).map( | still running after 1 s
           6 | site.get(country).flatMap | Single.just(site.get(country).blockingGet()).flatMap | still running after 1 s
           7 | 90, MINUTES | 89, MINUTES | Index 0 out of bounds for length 0 in line 28
           8 | flatMapSingle(get) | flatMapSingle(get, false, 2) | 2.0 US
           9 | concatMapEager( | concatMap( | 11.0 BR
          10 | a + "+" + b | b + "+" + a | 1.0 B+A
          11 | false, 3 | false, 4 | calls at the same time: expected 3, but was 4
          12 | onErrorReturn(error -> "error: " + error.getMessage()) | onErrorReturnItem("error") | 1.0 error
          13 | flatMapSingle | concatMapSingle | 10.0 SLOW
          14 | retry(2) | retry(1) | no 2
          15 | error instanceof IOException | true | attempts after a bug: expected 1, but was 3
          16 | 1L << n | 1L + n | 6.0 java.io.IOException: no 4
          17 | 3, SECONDS | 11, SECONDS | expected a TimeoutException at 3.0 s, but was [10.0 SLOW]
          18 | 1500 | 2500 | expected an error at 1.5 s
          19 | Single.ambArray(left, right) | left | 10.0 SLOW
          20 | delaySubscription | delay | second calls although the first has answered
          21 | takeUntil | skipUntil | 5.0 4
          22 | doFinally | doOnTerminate | clean-ups after a cancellation as well: expected 3, but was 2
          23 | Session::close | session -> {} | with an answer: expected [open, br, close], but was [open, br]
          24 | emitter::tryOnError | emitter::onError | an error had no subscriber left
          24 | emitter.setCancellable(cancel::run); | `` | questions cancelled by dispose()
          25 | emitter.setCancellable(() -> future.cancel(true)); | `` | dispose() did not cancel the future
          25 | emitter.tryOnError | emitter.onError | an error had no subscriber left
          26 | call.cache() | call.retry() | calls for two subscribers
          27 | .subscribeOn(io) | `` | the thread of the blocking call: expected disk-1, but was check-27
          28 | .subscribeOn(network).observeOn(disk) | .subscribeOn(disk).observeOn(network) | fetched on disk
          29 | lines.toList().blockingGet() | List.of(lines.blockingFirst()) | but was [one]
          30 | pair[0] + pair[1] | pair[0] * pair[1] + 1 | the first ten
          31 | filter(yes -> yes) | filter(yes -> !yes) | the set
          32 | onBackpressureLatest | onBackpressureDrop | readings: expected [1, 1000], but was [1]
          33 | .skip(1) | `` | NaN
          34 | create(2) | create(3) | the third value found room
          35 | clock, 3 | clock, 4 | 0.0 [a, b, c, d]
          36 | limit(2) | limit(3) | 1.0 bad Failure
          37 | limit(3) | limit(2) | the limit: expected 3, but was 2
          37 | ofSeconds(1) | ofSeconds(2) | 10.0 3
          38 | limiter.permit(get.apply(name)) | get.apply(name) | calls at the same time: expected 3, but was 12
          39 | failure.key() + " unknown" | failure.key() + " free" | lost.dev free
          40 | limit(3) | limit(5) | requests at the same time: expected 3, but was
          40 | upTo(3) | upTo(2) | expected 6, but was 0
          40 | .takeUntil(stop) | `` | the stream goes on after the stop
          """)
  void refusesAMistake(int number, String right, String wrong, String message) throws IOException {
    Exercise exercise = Exercises.ALL.get(number - 1);
    String solution = Files.readString(exercise.fileIn(SOLUTIONS));
    assertTrue(solution.contains(right), solution);
    boolean hangs = message.startsWith("still running");
    Result result = resultOf(exercise, solution.replace(right, wrong), hangs ? 1 : 20);
    assertFalse(result.done());
    assertTrue(result.message().contains(message), result::message);
  }

  @Test
  void pointsAtTheLineThatDoesNotCompile() throws IOException {
    Exercise first = Exercises.ALL.get(0);
    String solution = Files.readString(first.fileIn(SOLUTIONS));
    Result result = resultOf(first, solution.replace("return Flowable", "return Flow"), 20);
    assertEquals(
        "does not compile\nline 25: cannot find symbol\n"
            + "  symbol:   variable Flow\n  location: class dev.sluice.samples.exercises.E01Count",
        result.message());
  }

  /** A syntax error keeps the compiler from looking for a wrong type elsewhere. */
  @Test
  void aFileThatDoesNotCompileDoesNotHideTheOthers() throws IOException {
    List<Exercise> three = Exercises.ALL.subList(0, 3);
    write(three.get(0), "not Java");
    String solution = Files.readString(three.get(1).fileIn(SOLUTIONS));
    write(three.get(1), solution.replace("return ", "return 1 + "));
    write(three.get(2), Files.readString(three.get(2).fileIn(SOLUTIONS)));
    List<Result> results = Grader.of(sources).grade(three);
    assertTrue(results.get(0).message().startsWith("does not compile"), results::toString);
    assertTrue(results.get(1).message().startsWith("does not compile"), results::toString);
    assertTrue(results.get(2).done(), results::toString);
  }

  @Test
  void reportsAMissingFile() throws IOException {
    Result result = Grader.of(sources).grade(Exercises.ALL.subList(0, 1)).get(0);
    assertTrue(result.message().endsWith("E01Count.java: no such file"), result::message);
  }

  private Result resultOf(Exercise exercise, String answer, int seconds) throws IOException {
    write(exercise, answer);
    Grader grader = Grader.of(sources).withTimeLimit(Duration.ofSeconds(seconds));
    return grader.grade(List.of(exercise)).get(0);
  }

  private void write(Exercise exercise, String answer) throws IOException {
    Path file = exercise.fileIn(sources);
    Files.createDirectories(file.getParent());
    Files.writeString(file, answer);
  }
}
