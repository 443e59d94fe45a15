package dev.sluice.samples.limits;

import io.github.bucket4j.TimeMeter;

/**
 * The clock of the database, without asking it each time: the clocks of the machines differ, and
 * the buckets of all of them must be filled by one. Each answer that has the time of the database
 * corrects it; one that took long says it less exactly.
 */
final class DatabaseClock implements TimeMeter {
  private static final long OLD_NANOS = 10_000_000_000L;

  private long offset;
  private long error = Long.MAX_VALUE;
  private long since;

  /** An answer of the database, asked and received at these values of {@code System.nanoTime}. */
  synchronized void correct(long databaseNanos, long asked, long received) {
    long possible = (received - asked) / 2;
    if (possible <= error || received - since > OLD_NANOS) {
      offset = databaseNanos - (asked + possible);
      error = possible;
      since = received;
    }
  }

  @Override
  public synchronized long currentTimeNanos() {
    return System.nanoTime() + offset;
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
