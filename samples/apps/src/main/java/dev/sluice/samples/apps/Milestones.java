package dev.sluice.samples.apps;

import dev.sluice.Outcome;
import dev.sluice.Tally;
import java.io.PrintWriter;
import java.util.Locale;

/** A line after each tenth of a run: how many are done, the rate and the time left. */
final class Milestones implements Progress {
  private static final int LINES = 10;

  private final long start = System.nanoTime();
  private final int all;
  private final PrintWriter out;
  private Tally tally = Tally.ZERO;

  Milestones(int all, PrintWriter out) {
    this.all = all;
    this.out = out;
  }

  @Override
  public void show(Outcome<?, ?> outcome) {
    long before = tally.total() * LINES / all;
    tally = tally.plus(outcome);
    if (tally.total() * LINES / all > before) {
      double seconds = (System.nanoTime() - start) / 1e9;
      double rate = tally.total() / seconds;
      out.printf(
          Locale.ROOT,
          "%d of %d, %.1f/s, %.1f s left%n",
          tally.total(),
          all,
          rate,
          (all - tally.total()) / rate);
    }
  }
}
