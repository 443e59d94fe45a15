package dev.sluice.journal;

/**
 * The {@link Occupancy} of several runs. Each has moments of its own, so that those of a short run
 * do not move apart because the next one is months later.
 */
final class OccupancyOfRuns {
  /** As long a time without any interval ends a run: an hour, in microseconds. */
  private static final long PAUSE = 3_600_000_000L;

  /** Lines in no order of time would make a run of each. */
  private static final int MOST_RUNS = 1_000;

  /** The moments of a long run are further apart than a short interval is long. */
  private final RecentPeak recent = new RecentPeak();

  private Occupancy run = new Occupancy();
  private int runs;
  private long first;
  private long last;
  private long micros;
  private int peak;

  /** Adds an interval, in microseconds of any clock; mostly those of a run come together. */
  void add(long from, long to) {
    if (runs == 0) {
      runs = 1;
      first = from;
      last = to;
    } else if (runs < MOST_RUNS && (from - run.last() > PAUSE || run.first() - to > PAUSE)) {
      runs++;
      micros = micros();
      peak = peak();
      run = new Occupancy();
    }
    first = Math.min(first, from);
    last = Math.max(last, to);
    run.add(from, to);
    recent.add(from, to);
  }

  /** The first moment of all intervals. */
  long first() {
    return first;
  }

  /** The last moment of all intervals. */
  long last() {
    return last;
  }

  /** The most intervals that hold a moment, as far as is known. */
  int peak() {
    return Math.max(Math.max(peak, run.peak()), recent.peak());
  }

  /** From the first moment to the last, without the gaps that no interval holds. */
  long micros() {
    return Micros.sum(micros, run.micros());
  }
}
