package dev.sluice;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import java.time.Instant;

/**
 * The clock of the times of one run: the wall clock when the run began, and the timer from then on.
 * So the starts of its keys fit their durations, also if the wall clock is set meanwhile.
 */
final class RunClock {
  private final Scheduler timer;
  private final Instant began = Instant.now();
  private final long beganNanos;

  RunClock(Scheduler timer) {
    this.timer = timer;
    this.beganNanos = nanos();
  }

  /** The time of the timer, in nanoseconds. */
  long nanos() {
    return timer.now(NANOSECONDS);
  }

  /** The time of day at a time of the timer. */
  Instant at(long nanos) {
    return began.plusNanos(nanos - beganNanos);
  }
}
