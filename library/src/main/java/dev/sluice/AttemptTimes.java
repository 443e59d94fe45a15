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

  /** What it waited for in its queue, beside a permit; null for nothing. */
  private @Nullable Waits waits;

  AttemptTimes(Timings timings, boolean isFirst) {
    this.timings = timings;
    // What comes before the first request for a permit would be in no phase.
    since = isFirst ? timings.began() : timings.now();
  }

  Timings timings() {
    return timings;
  }

  /** It waits in the queue of its lane from now on. */
  void queued(@Nullable WaitClock ofLane, @Nullable WaitClock total) {
    read(ofLane, total, -1);
  }

  /** It has left the queue. */
  void dequeued(@Nullable WaitClock ofLane, @Nullable WaitClock total) {
    read(ofLane, total, 1);
  }

  private void read(@Nullable WaitClock ofLane, @Nullable WaitClock total, int sign) {
    if (waits == null) {
      if (ofLane == null && (total == null || total.nanos(Phase.RATE) == 0)) {
        return;
      }
      waits = new Waits();
    }
    waits.read(ofLane, total, sign);
  }

  /** It has its permit. */
  void started(int permits, int permitsOfLane) {
    waited(permits, permitsOfLane);
    started = true;
  }

  private void waited(int permits, int permitsOfLane) {
    long lap = lap();
    long forPermit = waits == null ? lap : waits.rest(lap, timings);
    timings.add(Phase.PERMIT, forPermit);
    timings.waited(forPermit, permits);
    if (waits != null && waits.lane > 0) {
      timings.waited(waits.lane, permitsOfLane);
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

  /** What the clocks of its lane and of the total rate showed, then how much they went on. */
  private static final class Waits {
    private long lane;
    private long rate;
    private long pause;
    private long totalRate;

    void read(@Nullable WaitClock ofLane, @Nullable WaitClock total, int sign) {
      if (ofLane != null) {
        lane += sign * ofLane.nanos(Phase.LANE);
        rate += sign * ofLane.nanos(Phase.RATE);
        pause += sign * ofLane.nanos(Phase.PAUSE);
      }
      if (total != null) {
        totalRate += sign * total.nanos(Phase.RATE);
      }
    }

    /** Adds these to the times of the key; returns what is left for a permit. */
    long rest(long waited, Timings timings) {
      long rest = Math.max(0, waited - lane - rate - pause);
      long inTotal = Math.min(rest, totalRate);
      timings.add(Phase.LANE, lane);
      timings.add(Phase.RATE, rate + inTotal);
      timings.add(Phase.PAUSE, pause);
      return rest - inTotal;
    }
  }
}
