package dev.sluice;

/**
 * The lanes of a limiter that may start a request now; they take turns. Full, parked and empty
 * lanes are not in the ring, so that the next request is found in the same time however many there
 * are. Guarded by the limiter's lock.
 */
final class LaneRing {
  private final Ring<Lane> ring = new Ring<>();
  private int waiting;

  boolean isEmpty() {
    return ring.isEmpty();
  }

  /** How many requests wait in the lanes of the ring. */
  int waiting() {
    return waiting;
  }

  /** The lane whose turn it is. */
  Lane turn() {
    return ring.turn();
  }

  /** The lane whose turn it is; then it is the turn of the next. */
  Lane next() {
    Lane lane = ring.turn();
    ring.advance();
    return lane;
  }

  /** Puts a lane into the ring or takes it out, and counts its requests. */
  void set(Lane lane, boolean ready) {
    int counted = ready ? lane.waiting : 0;
    waiting += counted - lane.counted;
    lane.counted = counted;
    if (ready && !ring.contains(lane)) {
      ring.add(lane);
    } else if (!ready && ring.contains(lane)) {
      ring.remove(lane);
    }
  }
}
