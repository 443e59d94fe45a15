package dev.sluice.samples.domains;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.IoSchedulers;
import dev.sluice.samples.Terminal;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * Shows the progress on standard error: on one line of a terminal that is overwritten twice a
 * second, or as a new line in a file every ten seconds.
 */
public final class ProgressLine {
  private static final long TERMINAL_NANOS = 500_000_000L;
  private static final long FILE_NANOS = 10_000_000_000L;
  private static final long TICK_MILLIS = 200;

  private final PrintWriter err;
  private final LongSupplier nanoClock;
  private final boolean watched;

  /** A longer line would be broken, and the next one would overwrite the last part of it only. */
  private final int maxWidth;

  private final long interval;
  private long next;
  private int width;
  private boolean ended;

  private ProgressLine(PrintWriter err, LongSupplier nanoClock, boolean watched, int maxWidth) {
    this.err = err;
    this.nanoClock = nanoClock;
    this.watched = watched;
    this.maxWidth = maxWidth;
    interval = watched ? TERMINAL_NANOS : FILE_NANOS;
    next = nanoClock.getAsLong() + interval;
  }

  /** A line for a terminal, or lines for a file. */
  public static ProgressLine on(PrintWriter err, boolean watched) {
    return watched
        ? terminal(err, System::nanoTime, Terminal.columns())
        : file(err, System::nanoTime);
  }

  /** A line for a terminal of this width. A character in its last column might start a new line. */
  static ProgressLine terminal(PrintWriter err, LongSupplier nanoClock, int columns) {
    return new ProgressLine(err, nanoClock, true, columns - 1);
  }

  static ProgressLine file(PrintWriter err, LongSupplier nanoClock) {
    return new ProgressLine(err, nanoClock, false, Integer.MAX_VALUE);
  }

  /**
   * Shows the progress now and then, also while no result comes, until disposed. Prints on the disk
   * thread, because a terminal may block and the timer thread must not.
   */
  public Disposable follow(ProbeStatistics statistics) {
    IoSchedulers schedulers = IoSchedulers.shared();
    return Flowable.interval(TICK_MILLIS, MILLISECONDS, schedulers.timer())
        .onBackpressureDrop()
        .observeOn(schedulers.disk(), false, 1)
        .subscribe(tick -> show(statistics));
  }

  /** Shows the progress if the interval has passed. */
  public synchronized void show(ProbeStatistics statistics) {
    long now = nanoClock.getAsLong();
    if (!ended && now - next >= 0) {
      next = now + interval;
      String line = statistics.progress();
      err.print(watched ? "\r" + padded(cut(line)) : line + System.lineSeparator());
      err.flush();
    }
  }

  /** Shows the last line, which stays. */
  public synchronized void end(String line) {
    ended = true;
    err.println(width > 0 ? "\r" + padded(line) : line);
    err.flush();
  }

  private String cut(String line) {
    return line.length() <= maxWidth ? line : line.substring(0, maxWidth);
  }

  /** The line with blanks at its end that overwrite the rest of the line before. */
  private String padded(String line) {
    String padded = line + " ".repeat(Math.max(0, width - line.length()));
    width = line.length();
    return padded;
  }
}
