package dev.sluice;

import java.util.Arrays;

/** How long the last answers took. Guarded by the lock of {@link HedgeDelays}. */
final class RecentTimes {
  /** So many answers are remembered. */
  static final int SIZE = 128;

  /** With fewer answers there is no percentile. */
  static final int ENOUGH = 20;

  /** The percentile is computed anew after so many answers, because sorting is not free. */
  private static final int ANSWERS_PER_COMPUTATION = 8;

  private final double percentile;
  private final long[] nanos = new long[SIZE];
  private int count;
  private int next;
  private int sinceComputation;
  private long atPercentile;

  RecentTimes(double percentile) {
    this.percentile = percentile;
  }

  void add(long answerNanos) {
    nanos[next] = answerNanos;
    next = (next + 1) % SIZE;
    count = Math.min(count + 1, SIZE);
    sinceComputation++;
    if (count == ENOUGH || sinceComputation >= ANSWERS_PER_COMPUTATION) {
      sinceComputation = 0;
      long[] sorted = Arrays.copyOf(nanos, count);
      Arrays.sort(sorted);
      atPercentile = sorted[(int) (percentile / 100 * count)];
    }
  }

  /** The percentile; {@code Long.MAX_VALUE} while too few answers are known. */
  long atPercentile() {
    return count < ENOUGH ? Long.MAX_VALUE : atPercentile;
  }
}
