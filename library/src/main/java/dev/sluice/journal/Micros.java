package dev.sluice.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Microseconds of times of any length: what a {@code long} does not hold is its end. */
final class Micros {
  /** A year: sums of many such times stay within those that a {@code long} has nanoseconds for. */
  static final long MOST = 31_536_000_000_000L;

  private static final long PER_SECOND = 1_000_000;
  private static final int NANOS_EACH = 1_000;

  /** As many seconds, in either direction, have microseconds that a {@code long} holds. */
  private static final long MOST_SECONDS = Long.MAX_VALUE / PER_SECOND - 1;

  private Micros() {}

  /** The time of an entry: from 0 to a year, as the reader of a journal demands. */
  static long ofEntry(Duration time) {
    return Math.min(MOST, of(time));
  }

  /** A time; 0 for a negative one. */
  static long of(Duration time) {
    return Math.max(0, of(time.getSeconds(), time.getNano()));
  }

  /** From 1970 to this time. */
  static long of(Instant time) {
    // ChronoUnit.MICROS.between of Java 17 counts nanoseconds, which a long has for 292 years only.
    return of(time.getEpochSecond(), time.getNano());
  }

  private static long of(long seconds, int nanos) {
    long near = Math.min(MOST_SECONDS, Math.max(-MOST_SECONDS, seconds));
    return near * PER_SECOND + nanos / NANOS_EACH;
  }

  static Duration duration(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  /** The sum of two times that are not negative. */
  static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }
}
