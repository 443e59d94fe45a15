package dev.sluice.samples.apps;

import dev.sluice.journal.JournalEntry;
import dev.sluice.journal.LaneTimes;
import dev.sluice.journal.PhaseTimes;
import dev.sluice.journal.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many keys of each lane wait, are in flight, and are after their attempts, in each column of a
 * picture. Made in a second pass over a journal, when the report says how long it is.
 */
final class LanePicture {
  /** The lanes with the most time. */
  static final int ROWS = 20;

  static final int COLUMNS = 300;

  private static final long MICROS_PER_SECOND = 1_000_000;

  /** What a key does. */
  enum Part {
    WAITING,
    IN_FLIGHT,
    ON_DISK
  }

  private final Map<String, double[][]> rows = new LinkedHashMap<>();

  /** How many keys of a lane can be in flight at once. */
  private final Map<String, Integer> permits = new HashMap<>();

  private final long first;
  private final double microsPerColumn;

  LanePicture(RunReport report) {
    List<LaneTimes> lanes = report.lanes();
    for (LaneTimes lane : lanes.subList(0, Math.min(ROWS, lanes.size()))) {
      rows.put(lane.lane(), new double[Part.values().length][COLUMNS]);
      int most = lane.lanePermits() > 0 ? lane.lanePermits() : lane.permits();
      permits.put(lane.lane(), most > 0 ? most : Integer.MAX_VALUE);
    }
    first = micros(report.firstStart());
    long length = micros(report.lastEnd()) - first;
    microsPerColumn = Math.max(1, (double) length / COLUMNS);
  }

  private static long micros(Instant at) {
    // ChronoUnit.MICROS.between of Java 17 overflows 292 years from 1970.
    return at.getEpochSecond() * MICROS_PER_SECOND + at.getNano() / 1_000;
  }

  /** Adds the key of an entry to the row of its lane. */
  void add(JournalEntry entry) {
    double[][] row = rows.get(entry.lane() == null ? "" : entry.lane());
    if (row == null || !entry.verdict().isOutcome()) {
      return;
    }
    PhaseTimes times = entry.phases();
    long start = micros(entry.start());
    long end = start + entry.took().toNanos() / 1_000;
    long attemptsStart = Math.min(end, start + times.waitMicros());
    long attemptsEnd = Math.min(end, attemptsStart + times.attemptMicros());
    paint(row[0], start, attemptsStart);
    paint(row[1], attemptsStart, attemptsEnd);
    paint(row[2], attemptsEnd, end);
  }

  /** Adds to each column the part of it that the interval covers. */
  private void paint(double[] columns, long from, long to) {
    double start = (from - first) / microsPerColumn;
    double end = Math.min(COLUMNS, (to - first) / microsPerColumn);
    for (int i = (int) Math.max(0, start); i < end; i++) {
      columns[i] += Math.min(i + 1, end) - Math.max(i, start);
    }
  }

  /** The lanes with their counts: of each part the mean number of keys in each column. */
  Map<String, double[][]> rows() {
    rows.forEach((lane, row) -> bound(row[1], permits.getOrDefault(lane, Integer.MAX_VALUE)));
    return rows;
  }

  private static void bound(double[] columns, int most) {
    Arrays.setAll(columns, i -> Math.min(columns[i], most));
  }

  /** The time from the left edge to the right. */
  Duration length() {
    return Duration.of((long) (microsPerColumn * COLUMNS), ChronoUnit.MICROS);
  }
}
