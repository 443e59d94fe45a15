package dev.sluice.samples.domains;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * Shows the progress on standard error: on one line of a terminal that is overwritten twice a
 * second, or as a new line in a file every ten seconds.
 */
public final class ProgressLine {
  private static final long TERMINAL_NANOS = 500_000_000L;
  private static final long FILE_NANOS = 10_000_000_000L;

  private final PrintWriter err;
  private final LongSupplier nanoClock;
  private final boolean watched;
  private final long interval;
  private long next;
  private int width;

  private ProgressLine(PrintWriter err, LongSupplier nanoClock, boolean watched) {
    this.err = err;
    this.nanoClock = nanoClock;
    this.watched = watched;
    interval = watched ? TERMINAL_NANOS : FILE_NANOS;
    next = nanoClock.getAsLong() + interval;
  }

  /** A line for a terminal, or lines for a file. */
  public static ProgressLine on(PrintWriter err, boolean watched) {
    return watched ? terminal(err, System::nanoTime) : file(err, System::nanoTime);
  }

  static ProgressLine terminal(PrintWriter err, LongSupplier nanoClock) {
    return new ProgressLine(err, nanoClock, true);
  }

  static ProgressLine file(PrintWriter err, LongSupplier nanoClock) {
    return new ProgressLine(err, nanoClock, false);
  }

  /** Shows the progress if the interval has passed. */
  public synchronized void show(ProbeStatistics statistics) {
    long now = nanoClock.getAsLong();
    if (now - next >= 0) {
      next = now + interval;
      String line = statistics.progress();
      err.print(watched ? "\r" + padded(line) : line + System.lineSeparator());
      err.flush();
    }
  }

  /** Shows the last line, which stays. */
  public synchronized void end(String line) {
    err.println(width > 0 ? "\r" + padded(line) : line);
    err.flush();
  }

  /** The line with blanks at its end that overwrite the rest of the line before. */
  private String padded(String line) {
    String padded = line + " ".repeat(Math.max(0, width - line.length()));
    width = line.length();
    return padded;
  }
}
