package dev.sluice;

import org.jspecify.annotations.Nullable;

/**
 * Times one attempt: its wait for a permit, and what it waited for, then the attempt itself. Handed
 * from thread to thread with its request.
 */
final class AttemptTimes {
  private final Timings timings;
  private long since;
  private boolean started;

  /** What the clocks of its lane and of the total rate showed, then how much they went on. */
  private long lane;

  private long rate;
  private long pause;
  private long totalRate;

  AttemptTimes(Timings timings, boolean isFirst) {
    this.timings = timings;
    // What comes before the first request for a permit would be in no phase.
    since = isFirst ? timings.began() : timings.now();
  }

  Timings timings() {
    return timings;
  }

  /** It waits in the queue of its lane from now on. */
  void queued(@Nullable WaitClock ofLane, WaitClock total) {
    read(ofLane, total, -1);
  }

  /** It has left the queue. */
  void dequeued(@Nullable WaitClock ofLane, WaitClock total) {
    read(ofLane, total, 1);
  }

  private void read(@Nullable WaitClock ofLane, WaitClock total, int sign) {
    if (ofLane != null) {
      lane += sign * ofLane.nanos(Phase.LANE);
      rate += sign * ofLane.nanos(Phase.RATE);
      pause += sign * ofLane.nanos(Phase.PAUSE);
    }
    totalRate += sign * total.nanos(Phase.RATE);
  }

  /** It has its permit. */
  void started(int permits, int permitsOfLane) {
    waited(permits, permitsOfLane);
    started = true;
  }

  private void waited(int permits, int permitsOfLane) {
    long waited = lap();
    long rest = Math.max(0, waited - lane - rate - pause);
    long inTotal = Math.min(rest, totalRate);
    timings.add(Phase.LANE, lane);
    timings.add(Phase.RATE, rate + inTotal);
    timings.add(Phase.PAUSE, pause);
    timings.add(Phase.PERMIT, rest - inTotal);
    timings.waited(rest - inTotal, permits);
    if (lane > 0) {
      timings.waited(lane, permitsOfLane);
    }
  }

  /** It has ended, or was disposed. */
  void ended(int permits, int permitsOfLane) {
    if (started) {
      timings.add(Phase.ATTEMPT, lap());
    } else {
      waited(permits, permitsOfLane);
    }
  }

  private long lap() {
    long now = timings.now();
    long lap = now - since;
    since = now;
    return lap;
  }
}
