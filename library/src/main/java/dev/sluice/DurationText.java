package dev.sluice;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Durations in messages: {@code 250ms}, {@code 3.1s}, {@code 1m30s}, {@code 2h}, {@code forever}.
 */
public final class DurationText {
  /** {@link Policy#FOREVER}; here, because the classes that a policy uses need it, too. */
  static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private static final long NANOS_PER_SECOND = SECONDS.toNanos(1);
  private static final long NANOS_PER_MINUTE = MINUTES.toNanos(1);
  private static final long NANOS_PER_HOUR = HOURS.toNanos(1);
  private static final int NANO_DIGITS = 9;
  private static final int NANO_DIGITS_OF_MILLIS = 6;

  private DurationText() {}

  /** The duration in nanoseconds: from zero to FOREVER. */
  static long nanos(Duration duration) {
    return duration.isNegative() ? 0 : atMostForever(duration).toNanos();
  }

  static Duration atMostForever(Duration duration) {
    return duration.compareTo(FOREVER) < 0 ? duration : FOREVER;
  }

  /**
   * {@return the duration in hours, minutes and seconds, or in milliseconds if it is below a
   * second; {@code forever} from {@link Policy#FOREVER} on}
   *
   * @param duration any duration
   */
  public static String of(Duration duration) {
    if (duration.compareTo(FOREVER) >= 0) {
      return "forever";
    }
    if (duration.compareTo(FOREVER.negated()) <= 0) {
      return "-forever";
    }
    if (duration.isNegative()) {
      return "-" + of(duration.negated());
    }
    if (duration.isZero()) {
      return "0s";
    }
    long nanos = duration.toNanos();
    return nanos < NANOS_PER_SECOND ? decimal(nanos, NANO_DIGITS_OF_MILLIS) + "ms" : inHours(nanos);
  }

  private static String inHours(long nanos) {
    long hours = nanos / NANOS_PER_HOUR;
    long minutes = nanos % NANOS_PER_HOUR / NANOS_PER_MINUTE;
    long rest = nanos % NANOS_PER_MINUTE;
    return (hours == 0 ? "" : hours + "h")
        + (minutes == 0 ? "" : minutes + "m")
        + (rest == 0 ? "" : decimal(rest, NANO_DIGITS) + "s");
  }

  private static String decimal(long value, int digits) {
    return BigDecimal.valueOf(value, digits).stripTrailingZeros().toPlainString();
  }
}
