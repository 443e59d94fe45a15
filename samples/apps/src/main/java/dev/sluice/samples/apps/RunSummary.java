package dev.sluice.samples.apps;

import dev.sluice.DeadlineException;
import dev.sluice.DeadlineException.Clock;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Tally;
import dev.sluice.samples.CtrlC;
import dev.sluice.samples.ErrorText;
import dev.sluice.samples.Numbers;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.functions.Consumer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Follows a run, counts its outcomes and prints the summary at its end. */
public final class RunSummary {
  private static final int REASONS_SHOWN = 5;

  private final PrintWriter out;
  private int expected;
  private final String thing;
  private final String done;
  private final long start = System.nanoTime();
  private final List<String> reasons = new ArrayList<>();
  private Tally tally = Tally.ZERO;

  /** How many of the failures are keys that the end of the run came before. */
  private long late;

  /**
   * A summary whose elapsed time starts now.
   *
   * @param expected the number of outcomes if nothing stops the run
   * @param thing what a success is, such as {@code flag}
   * @param done what happened to it, such as {@code downloaded}
   */
  public RunSummary(PrintWriter out, int expected, String thing, String done) {
    this.out = out;
    this.expected = expected;
    this.thing = thing;
    this.done = done;
  }

  /**
   * Counts and shows outcomes. Returns when the run is complete, when Ctrl-C is pressed, or when
   * standard output is a pipe that its reader has closed.
   *
   * @param line prints the line of an outcome, if it has one
   */
  public <O extends Outcome<?, ?>> void follow(
      Flowable<O> outcomes, CtrlC ctrlC, Progress progress, Consumer<? super O> line) {
    outcomes
        .takeUntil(ctrlC.pressed())
        .doOnNext(this::count)
        .doOnNext(line)
        .doOnNext(progress::show)
        // checkError() is true when the reader of a pipe has closed it.
        .takeWhile(outcome -> !out.checkError())
        .blockingSubscribe();
  }

  private void count(Outcome<?, ?> outcome) {
    tally = tally.plus(outcome);
    if (outcome instanceof Failure<?, ?> failure) {
      if (failure.cause() instanceof DeadlineException e && e.clock() == Clock.RUN) {
        late++;
      } else if (reasons.size() < REASONS_SHOWN) {
        reasons.add(failure.key() + " error: " + ErrorText.of(failure));
      }
    }
  }

  /** Says how many outcomes there should have been, where that is not known before the end. */
  public void expect(int outcomes) {
    expected = outcomes;
  }

  /** The exit status: 0 if nothing failed, 1 if something did, 130 after Ctrl-C. */
  public int exitStatus(CtrlC ctrlC) {
    return ctrlC.wasPressed() ? CtrlC.EXIT_STATUS : tally.failed() == 0 ? 0 : 1;
  }

  /**
   * Prints the counts and the elapsed time.
   *
   * @param withReasons whether the first errors are listed: false if each has had its own line
   */
  public void print(boolean withReasons) {
    long missing = expected - tally.total();
    long errors = tally.failed() - late;
    out.println("-".repeat(20));
    out.println(Numbers.counted(tally.succeeded(), thing) + " " + done + ".");
    printCount(tally.notFound(), " not found.");
    printCount(errors, " " + Numbers.noun(errors, "error") + ".");
    if (withReasons) {
      reasons.forEach(reason -> out.println("  " + reason));
      long more = errors - reasons.size();
      if (more > 0) {
        out.println("  and " + more + " more, which -v shows.");
      }
    }
    printCount(late, " not done before the deadline.");
    printCount(missing, " not finished: interrupted.");
    double seconds = (System.nanoTime() - start) / 1e9;
    out.println(String.format(Locale.ROOT, "Elapsed time: %.2fs", seconds));
    out.flush();
  }

  private void printCount(long count, String words) {
    if (count > 0) {
      out.println(count + words);
    }
  }
}
