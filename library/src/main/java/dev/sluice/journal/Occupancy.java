package dev.sluice.journal;

import java.util.Arrays;

/**
 * How many of some intervals hold a moment, at moments that are evenly spread over all of them. The
 * moments move apart as the time grows, so that the size stays the same.
 */
final class Occupancy {
  private static final int BUCKETS = 1 << 16;

  /** How many more intervals hold the moment at the end of a bucket than that at its beginning. */
  private final int[] changes = new int[BUCKETS];

  /** Whether an interval lies in this bucket, in full or in part. */
  private final boolean[] touched = new boolean[BUCKETS];

  private long origin;
  private long width = 1;
  private boolean isEmpty = true;
  private long first;
  private long last;

  /** Of all intervals together. */
  private long sum;

  /** Adds an interval, in microseconds of any clock. */
  void add(long from, long to) {
    if (isEmpty) {
      isEmpty = false;
      origin = from;
      first = from;
      last = to;
    }
    sum += Math.min(to - from, Long.MAX_VALUE - sum);
    first = Math.min(first, from);
    last = Math.max(last, to);
    while (first < origin || (last - origin) / width >= BUCKETS) {
      if (first < origin) {
        moveOrigin();
      } else {
        widen();
      }
    }
    int start = bucket(from);
    int end = bucket(to);
    changes[start]++;
    changes[end]--;
    touched[start] = true;
    touched[end] = true;
  }

  private int bucket(long at) {
    return (int) ((at - origin) / width);
  }

  /** Makes the first interval begin in the first bucket. */
  private void moveOrigin() {
    long shift = (origin - first + width - 1) / width;
    if (shift + (last - origin) / width >= BUCKETS) {
      widen();
      return;
    }
    int by = (int) shift;
    System.arraycopy(changes, 0, changes, by, BUCKETS - by);
    Arrays.fill(changes, 0, by, 0);
    System.arraycopy(touched, 0, touched, by, BUCKETS - by);
    Arrays.fill(touched, 0, by, false);
    origin -= shift * width;
  }

  private void widen() {
    for (int i = 0; i < BUCKETS / 2; i++) {
      changes[i] = changes[2 * i] + changes[2 * i + 1];
      touched[i] = touched[2 * i] || touched[2 * i + 1];
    }
    Arrays.fill(changes, BUCKETS / 2, BUCKETS, 0);
    Arrays.fill(touched, BUCKETS / 2, BUCKETS, false);
    width *= 2;
  }

  /** The first moment of all intervals. */
  long first() {
    return first;
  }

  /** The last moment of all intervals. */
  long last() {
    return last;
  }

  /** The most intervals that hold one of the moments. */
  int peak() {
    int now = 0;
    int most = 0;
    for (int change : changes) {
      now += change;
      most = Math.max(most, now);
    }
    return most;
  }

  /** From the first moment to the last, without the gaps that no interval holds. */
  long micros() {
    long gaps = 0;
    int now = 0;
    int end = isEmpty ? 0 : bucket(last);
    for (int i = 0; i < end; i++) {
      if (now == 0 && !touched[i]) {
        gaps += width;
      }
      now += changes[i];
    }
    // A bucket may be longer than what lies in it.
    return Math.min(sum, last - first - gaps);
  }
}
