package dev.sluice.samples.domains;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * Where progress is shown: on one line of a terminal again and again, or now and then in a file.
 */
public final class ProgressLine {
  private static final long ON_TERMINAL_NANOS = 500_000_000L;
  private static final long IN_FILE_NANOS = 10_000_000_000L;

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
    interval = watched ? ON_TERMINAL_NANOS : IN_FILE_NANOS;
    next = nanoClock.getAsLong() + interval;
  }

  /** One or the other, as somebody watches or not. */
  public static ProgressLine on(PrintWriter err, boolean watched) {
    return watched ? terminal(err, System::nanoTime) : file(err, System::nanoTime);
  }

  static ProgressLine terminal(PrintWriter err, LongSupplier nanoClock) {
    return new ProgressLine(err, nanoClock, true);
  }

  static ProgressLine file(PrintWriter err, LongSupplier nanoClock) {
    return new ProgressLine(err, nanoClock, false);
  }

  /** Shows how far it is, if it is time to. */
  public synchronized void show(ProbeStatistics meter) {
    long now = nanoClock.getAsLong();
    if (now - next >= 0) {
      next = now + interval;
      String line = meter.progress();
      err.print(watched ? "\r" + padded(line) : line + System.lineSeparator());
      err.flush();
    }
  }

  /** The last line, which stays. */
  public synchronized void end(String line) {
    err.println(width > 0 ? "\r" + padded(line) : line);
    err.flush();
  }

  /** Over all of the line before. */
  private String padded(String line) {
    String padded = line + " ".repeat(Math.max(0, width - line.length()));
    width = line.length();
    return padded;
  }
}
