package dev.sluice;

/**
 * For how long a lane, or all of them, started no request, and why. A request reads the clock when
 * it is queued and when it starts: the difference is what it waited for. Guarded by the limiter's
 * lock.
 */
final class WaitClock {
  private final PhaseNanos nanos = new PhaseNanos();
  private Phase reason = Phase.PERMIT;
  private long since;

  WaitClock(long now) {
    since = now;
  }

  /**
   * Counts the time until now, and what follows for this reason.
   *
   * @param next {@link Phase#PERMIT} if requests may start as soon as the limiter has a permit
   */
  WaitClock turn(Phase next, long now) {
    nanos.add(reason, now - since);
    since = now;
    reason = next;
    return this;
  }

  /** Counts the time until now. */
  WaitClock at(long now) {
    return turn(reason, now);
  }

  long nanos(Phase phase) {
    return nanos.of(phase);
  }
}
