package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The outcomes of one lane, and where their time went.
 *
 * @param lane its name; empty for the keys without one, {@code …} for the lanes that are not
 *     counted each by itself
 * @param outcomes how many there are
 * @param failures how many of them are failures
 * @param total the times of all its keys together
 * @param phases what these went into
 * @param permits how many permits the limiter had at most, as far as keys waited for one; 0 if not
 *     known
 * @param lanePermits how many permits the lane had at most, as far as keys waited for one; 0 if not
 *     known
 */
public record LaneTimes(
    String lane,
    long outcomes,
    long failures,
    Duration total,
    PhaseTimes phases,
    int permits,
    int lanePermits) {
  /**
   * Checks for null.
   *
   * @param lane its name
   * @param outcomes how many there are
   * @param failures how many of them are failures
   * @param total the times of all its keys together
   * @param phases what these went into
   * @param permits how many permits the limiter had at most
   * @param lanePermits how many permits the lane had at most
   */
  public LaneTimes {
    requireNonNull(lane, "lane");
    requireNonNull(total, "total");
    requireNonNull(phases, "phases");
  }
}
