package dev.sluice.samples.apps;

import dev.sluice.Outcome;
import dev.sluice.Tally;
import dev.sluice.samples.Terminal;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What somebody who watches is shown, outcome by outcome. */
public interface Progress extends AutoCloseable {
  void show(Outcome<?, ?> outcome);

  @Override
  default void close() {}

  /** How far it is: a bar on a terminal, else a line now and then. */
  static Progress of(String things, int all, PrintWriter err) {
    return Terminal.isWatching() ? bar(things, all) : milestones(all, err);
  }

  /** The same beside lines on standard output, which a bar on the same terminal would break. */
  static Progress besideLines(String things, int all, PrintWriter err) {
    return Terminal.isWatching() && Terminal.isShown() ? outcome -> {} : of(things, all, err);
  }

  /** A line for every key. */
  static Progress lines(PrintWriter out) {
    return outcome -> {
      String result =
          outcome.fold(
              saved -> "OK",
              absent -> "not found",
              failure -> "error: " + RunSummary.reason(failure));
      out.println(outcome.key() + " " + result);
    };
  }

  /** A line now and then: at most ten in a run. */
  static Progress milestones(int all, PrintWriter out) {
    return new Progress() {
      private final long start = System.nanoTime();
      private Tally tally = Tally.ZERO;

      @Override
      public void show(Outcome<?, ?> outcome) {
        long tenthsBefore = tally.total() * 10 / all;
        tally = tally.plus(outcome);
        if (tally.total() * 10 / all > tenthsBefore) {
          double seconds = (System.nanoTime() - start) / 1e9;
          double rate = tally.total() / seconds;
          out.printf(
              "%d of %d, %.1f/s, %.1f s left%n",
              tally.total(), all, rate, (all - tally.total()) / rate);
        }
      }
    };
  }

  /** A bar with rate and time left, on a terminal. */
  static Progress bar(String things, int all) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(things)
            .setInitialMax(all)
            .setUnit("", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(100)
            .showSpeed()
            .build();
    return new Progress() {
      @Override
      public void show(Outcome<?, ?> outcome) {
        bar.step();
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }
}
