package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long some times are.
 *
 * @param count how many there are
 * @param total their sum
 * @param p50 half of them are no longer than this
 * @param p95 95 % of them are no longer than this
 * @param p99 99 % of them are no longer than this
 */
public record TimeSpread(long count, Duration total, Duration p50, Duration p95, Duration p99) {
  /**
   * Checks for null.
   *
   * @param count how many there are
   * @param total their sum
   * @param p50 half of them are no longer than this
   * @param p95 95 % of them are no longer than this
   * @param p99 99 % of them are no longer than this
   */
  public TimeSpread {
    requireNonNull(total, "total");
    requireNonNull(p50, "p50");
    requireNonNull(p95, "p95");
    requireNonNull(p99, "p99");
  }

  static TimeSpread of(MicrosHistogram times) {
    return new TimeSpread(
        times.count(),
        Micros.duration(times.totalMicros()),
        Micros.duration(times.percentile(50)),
        Micros.duration(times.percentile(95)),
        Micros.duration(times.percentile(99)));
  }
}
