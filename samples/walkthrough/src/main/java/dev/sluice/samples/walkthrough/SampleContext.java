package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import java.util.Locale;
import java.util.function.Consumer;

/** Where a sample plays: a clock, threads that may block, and somebody who reads its lines. */
final class SampleContext {
  /** Blocks the thread that calls, as {@code time.sleep} does. */
  interface Sleep {
    void sleep(long nanos);
  }

  private final Scheduler clock;
  private final Scheduler io;
  private final Sleep sleep;
  private final Consumer<String> lines;

  SampleContext(Scheduler clock, Scheduler io, Sleep sleep, Consumer<String> lines) {
    this.clock = clock;
    this.io = io;
    this.sleep = sleep;
    this.lines = lines;
  }

  /** The event loop: one thread, where everything waits and nothing should block. */
  Scheduler clock() {
    return clock;
  }

  /** Threads for work that blocks, bounded in number. */
  Scheduler io() {
    return io;
  }

  void say(String line) {
    lines.accept(line);
  }

  /** Blocks this very thread: in these samples a thing to be warned of. */
  void sleep(double seconds) {
    sleep.sleep((long) (seconds * 1e9));
  }

  /** Starts at zero. */
  Stopwatch stopwatch() {
    return new Stopwatch(clock, now(clock));
  }

  private static long now(Scheduler clock) {
    return clock.now(NANOSECONDS);
  }

  /** Seconds by the clock of the stage. */
  record Stopwatch(Scheduler clock, long start) {
    double seconds() {
      return (now(clock) - start) / 1e9;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f s", seconds());
    }
  }
}
