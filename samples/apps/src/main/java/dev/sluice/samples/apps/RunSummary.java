package dev.sluice.samples.apps;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Tally;
import dev.sluice.samples.CtrlC;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.functions.Consumer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What is counted during a run and said after it. */
public final class RunSummary {
  private static final int REASONS_SHOWN = 5;

  private final PrintWriter out;
  private final int expected;
  private final String thing;
  private final String done;
  private final long start = System.nanoTime();
  private final List<String> reasons = new ArrayList<>();
  private Tally tally = Tally.ZERO;

  /**
   * The time counts from here.
   *
   * @param expected how many outcomes there will be, unless something stops them
   * @param thing what one success is: a flag
   * @param done what happened to it: downloaded
   */
  public RunSummary(PrintWriter out, int expected, String thing, String done) {
    this.out = out;
    this.expected = expected;
    this.thing = thing;
    this.done = done;
  }

  /**
   * Counts and shows outcomes until there are no more, Ctrl-C is pressed, or nobody reads on.
   *
   * @param line says what is to be said about each
   */
  public <O extends Outcome<?, ?>> void follow(
      Flowable<O> outcomes, CtrlC ctrlC, Progress progress, Consumer<? super O> line) {
    outcomes
        .takeUntil(ctrlC.pressed())
        .doOnNext(this::count)
        .doOnNext(line)
        .doOnNext(progress::show)
        // The other end of the pipe may have closed.
        .takeWhile(outcome -> !out.checkError())
        .blockingSubscribe();
  }

  private void count(Outcome<?, ?> outcome) {
    tally = tally.plus(outcome);
    if (outcome instanceof Failure<?, ?> failure && reasons.size() < REASONS_SHOWN) {
      reasons.add(failure.key() + " error: " + reason(failure));
    }
  }

  /** Why, without the key where it leads the message: the line starts with it anyway. */
  public static String reason(Failure<?, ?> failure) {
    String message = String.valueOf(failure.cause().getMessage());
    String key = failure.key() + ": ";
    return message.startsWith(key) ? message.substring(key.length()) : message;
  }

  /** What becomes of the process: 0 when nothing failed. */
  public int status(CtrlC ctrlC) {
    return ctrlC.wasPressed() ? CtrlC.EXIT_STATUS : tally.failed() == 0 ? 0 : 1;
  }

  /**
   * Says how it went and how long it took.
   *
   * @param withReasons whether to say why some failed, which lines have not said yet
   */
  public void closing(boolean withReasons) {
    long missing = expected - tally.total();
    out.println("-".repeat(20));
    out.printf("%s %s.%n", counted(tally.succeeded(), thing), done);
    say(tally.notFound(), "%d not found.%n");
    say(tally.failed(), tally.failed() == 1 ? "%d error.%n" : "%d errors.%n");
    if (withReasons) {
      reasons.forEach(reason -> out.println("  " + reason));
      say(tally.failed() - reasons.size(), "  and %d more, which -v shows.%n");
    }
    say(missing, "%d not finished: interrupted.%n");
    out.printf("Elapsed time: %.2fs%n", (System.nanoTime() - start) / 1e9);
    out.flush();
  }

  private void say(long count, String format) {
    if (count > 0) {
      out.printf(format, count);
    }
  }

  /** {@code 1 flag}, {@code 2 flags}. */
  public static String counted(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
