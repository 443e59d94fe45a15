package dev.sluice.journal;

import java.util.Arrays;

/**
 * The most of some intervals that hold one moment, as far as they are added close together: exact
 * for any {@value #KEPT} of them in a row, however short they are.
 */
final class RecentPeak {
  private static final int KEPT = 1 << 10;

  private final long[] starts = new long[2 * KEPT];
  private final long[] ends = new long[2 * KEPT];
  private int size;
  private int most;

  /** Adds an interval. */
  void add(long from, long to) {
    if (size == starts.length) {
      most = peak();
      System.arraycopy(starts, KEPT, starts, 0, KEPT);
      System.arraycopy(ends, KEPT, ends, 0, KEPT);
      size = KEPT;
    }
    starts[size] = from;
    ends[size] = to;
    size++;
  }

  int peak() {
    long[] sortedStarts = Arrays.copyOf(starts, size);
    long[] sortedEnds = Arrays.copyOf(ends, size);
    Arrays.sort(sortedStarts);
    Arrays.sort(sortedEnds);
    int peak = most;
    int ended = 0;
    for (int begun = 0; begun < size; begun++) {
      while (ended < size && sortedEnds[ended] <= sortedStarts[begun]) {
        ended++;
      }
      peak = Math.max(peak, begun + 1 - ended);
    }
    return peak;
  }
}
