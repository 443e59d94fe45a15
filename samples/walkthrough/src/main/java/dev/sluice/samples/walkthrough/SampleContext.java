package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * What a sample runs in: an event loop with a clock, threads for blocking work, and an output. A
 * test passes an event loop whose time it moves by hand.
 */
final class SampleContext {
  /** Blocks the calling thread, as {@code time.sleep} does. */
  @FunctionalInterface
  interface Sleep {
    void sleep(long nanos);
  }

  private final Scheduler loop;
  private final Scheduler io;
  private final Sleep sleep;
  private final BiConsumer<Duration, String> output;
  private final BiConsumer<Duration, String> trace;

  SampleContext(
      Scheduler loop,
      Scheduler io,
      Sleep sleep,
      BiConsumer<Duration, String> output,
      BiConsumer<Duration, String> trace) {
    this.loop = loop;
    this.io = io;
    this.sleep = sleep;
    this.output = output;
    this.trace = trace;
  }

  /** The event loop: one thread and its clock. Timers run here; blocking work should not. */
  Scheduler loop() {
    return loop;
  }

  /** A bounded number of threads, for work that blocks. */
  Scheduler io() {
    return io;
  }

  void print(String line) {
    print(Duration.ZERO, line);
  }

  /** The same for a sample with a clock of its own. */
  void print(Duration after, String line) {
    output.accept(after, line);
  }

  /** A line for the marble diagram of this run, which is not printed. */
  void trace(String line) {
    trace(Duration.ZERO, line);
  }

  /** The same for a sample with a clock of its own. */
  void trace(Duration after, String line) {
    trace.accept(after, line);
  }

  /** Blocks the calling thread. On the event loop, this delays every timer. */
  void sleep(double seconds) {
    sleep.sleep((long) (seconds * 1e9));
  }

  /** The same work, which prints its duration when it completes: {@code sequential: 3.0 s}. */
  Completable timed(String name, Completable work) {
    return Completable.defer(
        () -> {
          trace(MarbleDiagram.TITLE + name);
          var elapsed = stopwatch();
          return work.doOnComplete(() -> print(name + ": " + elapsed));
        });
  }

  /** A stopwatch that starts now. */
  Stopwatch stopwatch() {
    return new Stopwatch(loop, now(loop));
  }

  private static long now(Scheduler loop) {
    return loop.now(NANOSECONDS);
  }

  /** Seconds since the start, by the clock of the event loop. */
  record Stopwatch(Scheduler loop, long start) {
    double seconds() {
      return (now(loop) - start) / 1e9;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f s", seconds());
    }
  }
}
