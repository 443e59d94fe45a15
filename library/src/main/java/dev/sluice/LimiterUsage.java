package dev.sluice;

import java.time.Duration;
import java.util.Map;

/**
 * What a limiter does at one moment.
 *
 * @param limit how many works may be in flight at once
 * @param inFlight how many permits are out
 * @param waiting how many works wait for a permit, for whatever reason
 * @param lanes by lane, those that have something to remember; in no order
 */
public record LimiterUsage(int limit, int inFlight, int waiting, Map<Object, OfLane> lanes) {
  /**
   * One lane.
   *
   * @param limit how many may be in flight at once, at present; 0 if nothing is remembered
   * @param inFlight how many permits of the lane are out
   * @param waiting how many works wait in it
   * @param circuit whether its works may start
   * @param parkedFor how much longer the server wants to be left alone; zero if it does not
   */
  public record OfLane(int limit, int inFlight, int waiting, Circuit circuit, Duration parkedFor) {}

  /** Whether the attempts of a lane may start. */
  public enum Circuit {
    /** They start as its bounds allow. */
    CLOSED,
    /** The lane is parked: none starts. */
    OPEN,
    /** After a pause one attempt goes first; the others wait for its end. */
    HALF_OPEN
  }

  /** A lane about which there is nothing to remember. */
  private static final OfLane IDLE = new OfLane(0, 0, 0, Circuit.CLOSED, Duration.ZERO);

  /**
   * {@return this lane; all zeros if the limiter remembers nothing about it}
   *
   * @param key what names the lane
   */
  public OfLane lane(Object key) {
    return lanes.getOrDefault(key, IDLE);
  }

  /** {@return how many lanes are parked} */
  public int parked() {
    return (int) lanes.values().stream().filter(lane -> !lane.parkedFor().isZero()).count();
  }

  /** {@return a phrase: {@code 5 of 64 in flight, 120 waiting, 1 of 20 lanes parked}} */
  @Override
  public String toString() {
    return inFlight
        + " of "
        + limit
        + " in flight, "
        + waiting
        + " waiting"
        + (lanes.isEmpty() ? "" : ", " + parked() + " of " + lanes.size() + " lanes parked");
  }
}
