package dev.sluice;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The lanes of a limiter that may start a request now; they take turns. Full, parked and empty
 * lanes are not in the ring, so that the next request is found in the same time however many there
 * are. Guarded by the limiter's lock.
 */
final class LaneRing {
  private @Nullable Lane turn;
  private int waiting;

  boolean isEmpty() {
    return turn == null;
  }

  /** How many requests wait in the lanes of the ring. */
  int waiting() {
    return waiting;
  }

  /** The lane whose turn it is; then it is the turn of the next. */
  Lane next() {
    Lane lane = requireNonNull(turn);
    turn = lane.nextReady;
    return lane;
  }

  /** Puts a lane into the ring or takes it out, and counts its requests. */
  void set(Lane lane, boolean ready) {
    int counted = ready ? lane.waiting : 0;
    waiting += counted - lane.counted;
    lane.counted = counted;
    if (ready && !lane.ready) {
      enter(lane);
    } else if (!ready && lane.ready) {
      leave(lane);
    }
  }

  /** At the end of the round, just before the lane whose turn is next. */
  private void enter(Lane lane) {
    lane.ready = true;
    Lane first = turn;
    if (first == null) {
      lane.previousReady = lane;
      lane.nextReady = lane;
      turn = lane;
    } else {
      Lane end = requireNonNull(first.previousReady);
      lane.previousReady = end;
      lane.nextReady = first;
      end.nextReady = lane;
      first.previousReady = lane;
    }
  }

  private void leave(Lane lane) {
    lane.ready = false;
    Lane before = requireNonNull(lane.previousReady);
    Lane after = requireNonNull(lane.nextReady);
    before.nextReady = after;
    after.previousReady = before;
    if (turn == lane) {
      turn = after == lane ? null : after;
    }
    lane.previousReady = null;
    lane.nextReady = null;
  }
}
