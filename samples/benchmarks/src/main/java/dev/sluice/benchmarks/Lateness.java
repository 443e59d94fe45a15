package dev.sluice.benchmarks;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How late the answers of a server were. One thread adds, others may read. */
final class Lateness {
  private static final double NANOS_IN_MILLI = 1e6;
  private static final int BUCKETS = 1_000;
  private static final long BUCKET_NANOS = 100_000;
  private static final double MOST = 0.99;
  private static final Pattern AVERAGE = Pattern.compile("late by ([0-9.]+) ms");

  private final long[] buckets = new long[BUCKETS];
  private long count;
  private long sum;
  private long max;

  synchronized void add(long nanos) {
    count++;
    sum += nanos;
    max = Math.max(max, nanos);
    buckets[(int) Math.min(nanos / BUCKET_NANOS, BUCKETS - 1)]++;
  }

  /** Reads the average from the output of {@link #toString} in another process. */
  static double averageMillis(String text) {
    Matcher average = AVERAGE.matcher(text);
    if (!average.find()) {
      throw new IllegalArgumentException("no average: " + text);
    }
    return Double.parseDouble(average.group(1));
  }

  private double percentile() {
    long left = (long) (count * MOST);
    int bucket = 0;
    while (bucket < BUCKETS - 1 && left >= buckets[bucket]) {
      left -= buckets[bucket];
      bucket++;
    }
    return (bucket + 1) * BUCKET_NANOS / NANOS_IN_MILLI;
  }

  @Override
  public synchronized String toString() {
    return String.format(
        Locale.ROOT,
        "%,d answers, late by %.2f ms on average, 99 %% by less than %.1f ms, one by %.1f ms",
        count,
        sum / NANOS_IN_MILLI / Math.max(1, count),
        percentile(),
        max / NANOS_IN_MILLI);
  }
}
