package dev.sluice;

/**
 * How many attempts of a lane may be in flight, found by trial. At a sign of overload the limit is
 * halved. Then it is doubled per round trip up to a little below what was too much, stays there for
 * some round trips, and is raised by one, two, three … per round trip after that: as in CUBIC (RFC
 * 9438), a limit that was good is kept for long, and one that is far too low is soon left behind.
 * It is never below its least value, so that it goes on trying. Guarded by the limiter's lock.
 */
final class AdaptiveLimit {
  private static final double PART_OF_TOO_MUCH = 0.95;
  private static final int ROUNDS_AT_TARGET = 20;

  private final int least;
  private final int most;
  private double allowed;

  /** Up to here the limit doubles per round trip. */
  private double target;

  /** Round trips since the limit reached its target. */
  private int rounds;

  private int answersInRound;

  /** Grows with each overload; an attempt that started before says nothing new. */
  private int epoch;

  AdaptiveLimit(int least, int most) {
    this.least = least;
    this.most = most;
    allowed = least;
    target = most;
  }

  int limit() {
    return (int) allowed;
  }

  int epoch() {
    return epoch;
  }

  /** The server has too much to do, or did not answer in time. */
  void overloaded(int startedInEpoch) {
    if (startedInEpoch == epoch) {
      epoch++;
      target = allowed * PART_OF_TOO_MUCH;
      allowed = Math.max(least, allowed / 2);
      rounds = 0;
      answersInRound = 0;
    }
  }

  /**
   * The server has answered.
   *
   * @param inFlight how many attempts were in flight: only a limit that is used up may grow
   */
  void answered(int startedInEpoch, int inFlight) {
    if (startedInEpoch != epoch || inFlight < limit()) {
      return;
    }
    if (allowed < target) {
      allowed = Math.min(allowed + 1, target);
    } else {
      allowed += Math.max(0, rounds - ROUNDS_AT_TARGET) / allowed;
      answersInRound++;
      if (answersInRound >= allowed) {
        answersInRound = 0;
        rounds++;
      }
    }
    allowed = Math.min(allowed, most);
  }
}
