package dev.sluice.samples.flags;

import dev.sluice.Outcome;
import dev.sluice.Tally;
import dev.sluice.flags.CountryCode;
import dev.sluice.flags.SavedFlag;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What somebody who watches is shown, outcome by outcome. */
interface Progress extends AutoCloseable {
  void show(Outcome<CountryCode, SavedFlag> outcome);

  @Override
  default void close() {}

  /** A line for every code. */
  static Progress lines(PrintWriter out) {
    return outcome -> {
      String result =
          outcome.fold(
              saved -> "OK", absent -> "not found", failure -> "error: " + Report.reason(failure));
      out.println(outcome.key() + " " + result);
    };
  }

  /** A line now and then: at most ten in a run. */
  static Progress milestones(int all, PrintWriter out) {
    return new Progress() {
      private final long start = System.nanoTime();
      private Tally tally = Tally.ZERO;

      @Override
      public void show(Outcome<CountryCode, SavedFlag> outcome) {
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
  static Progress bar(int all) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("flags")
            .setInitialMax(all)
            .setUnit("", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(100)
            .showSpeed()
            .build();
    return new Progress() {
      @Override
      public void show(Outcome<CountryCode, SavedFlag> outcome) {
        bar.step();
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }
}
