package dev.sluice.journal;

/**
 * Counts times by their length: exactly below 2 ms, and above with an error of at most a
 * thousandth. Its size does not grow with the number of times.
 */
final class MicrosHistogram {
  /** So many buckets for each doubling. */
  private static final int STEPS = 1024;

  private static final int STEP_BITS = 10;

  private final long[] counts = new long[(Long.SIZE - STEP_BITS) * STEPS];
  private long count;
  private long total;

  /** Adds a time; a negative one counts as zero. */
  void add(long micros) {
    long time = Math.max(0, micros);
    counts[bucket(time)]++;
    count++;
    total = Micros.sum(total, time);
  }

  long count() {
    return count;
  }

  long totalMicros() {
    return total;
  }

  /** The smallest time that is at least as long as this share of all; 0 if there is none. */
  long percentile(double percent) {
    long rank = Math.max(1, (long) Math.ceil(count * percent / 100));
    long seen = 0;
    for (int i = 0; i < counts.length && count > 0; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return micros(i);
      }
    }
    return 0;
  }

  private static int bucket(long micros) {
    if (micros < 2 * STEPS) {
      return (int) micros;
    }
    int doublings = Long.SIZE - Long.numberOfLeadingZeros(micros) - STEP_BITS - 1;
    return doublings * STEPS + (int) (micros >>> doublings);
  }

  /** The least time of a bucket. */
  private static long micros(int bucket) {
    if (bucket < 2 * STEPS) {
      return bucket;
    }
    int doublings = bucket / STEPS - 1;
    return (long) (bucket - doublings * STEPS) << doublings;
  }
}
