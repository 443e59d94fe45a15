package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many attempts may start in a time, evenly spread but for a burst.
 *
 * <pre>{@code
 * Rate.perSecond(10)                              // one each 102 ms
 * Rate.of(500, ofMinutes(5)).withBurst(50)        // 50 at once, then one each 612 ms
 * }</pre>
 *
 * <p>A token bucket: it holds {@code burst} tokens at first, gains one each {@code per / permits}
 * and 2 % more, and an attempt takes one. Without the 2 %, a server that allows just this rate
 * would see one attempt too many whenever the network is a little faster than before. The first
 * attempt of a lane may have to wait for its connection, and the next ones arrive right behind it:
 * when it is answered, they count as if they had started then.
 *
 * @param permits how many attempts in that time, 1 or more
 * @param per the time, longer than zero
 * @param burst how many may start at once after a pause, 1 or more
 */
public record Rate(int permits, Duration per, int burst) {
  /** An interval is longer by this part of it. */
  private static final int MARGIN_PART = 50;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})/(\\d{0,9})(ms|s|min|m|h)");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  /**
   * Checks the numbers.
   *
   * @param permits 1 or more
   * @param per longer than zero, and at least a nanosecond for each permit
   * @param burst 1 or more
   */
  public Rate {
    Check.atLeast(1, permits, "permits");
    per = DurationText.atMostForever(Check.positive(per, "per"));
    Check.atLeast(1, burst, "burst");
    if (per.toNanos() < permits) {
      throw new IllegalArgumentException(
          "permits: " + permits + " in " + DurationText.of(per) + ", must be at most one per ns");
    }
  }

  /**
   * {@return this many in each second, without a burst}
   *
   * @param permits 1 or more
   */
  public static Rate perSecond(int permits) {
    return of(permits, Duration.ofSeconds(1));
  }

  /**
   * {@return this many in this time, without a burst}
   *
   * @param permits 1 or more
   * @param per longer than zero
   */
  public static Rate of(int permits, Duration per) {
    return new Rate(permits, per, 1);
  }

  /**
   * {@return the rate that a text such as {@code 10/s}, {@code 600/min} or {@code 1/250ms} names,
   * without a burst}
   *
   * @param text permits, a slash, and a time: {@code ms}, {@code s}, {@code m} or {@code min}, or
   *     {@code h}, with a number before it or not
   * @throws IllegalArgumentException if the text is nothing of the kind
   */
  public static Rate parse(String text) {
    Matcher matcher = TEXT.matcher(requireNonNull(text, "text").strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "rate: \"" + text + "\", must be like 10/s, 600/min or 1/250ms");
    }
    String count = matcher.group(2);
    Duration unit = requireNonNull(UNITS.get(matcher.group(3)));
    return of(
        Integer.parseInt(matcher.group(1)),
        unit.multipliedBy(count.isEmpty() ? 1 : Long.parseLong(count)));
  }

  /**
   * {@return a copy with this burst}
   *
   * @param burst how many may start at once after a pause, 1 or more
   */
  public Rate withBurst(int burst) {
    return new Rate(permits, per, burst);
  }

  /**
   * {@return from one attempt to the next, with the margin of 2 %}
   *
   * <p>For a program that keeps a rate elsewhere, such as a {@link LaneStore}.
   */
  public Duration spacing() {
    return Duration.ofNanos(spacedNanos());
  }

  /** From one token to the next, without the margin of 2 %. */
  long intervalNanos() {
    // A quarter of the longest time, so that a sum of a few does not overflow.
    return Math.min(per.toNanos() / permits, Long.MAX_VALUE / 4);
  }

  /** From one token to the next, with the margin. */
  long spacedNanos() {
    return intervalNanos() + intervalNanos() / MARGIN_PART;
  }

  /** How late a token may be taken without delaying the next: half of the margin. */
  long lateNanos() {
    return Math.min(per.toNanos() / MARGIN_PART, spacedNanos()) / 2;
  }

  /**
   * {@return the least time from the first of so many attempts to the start of the last; at most
   * {@link Policy#FOREVER}}
   *
   * @param attempts how many, 0 or more
   */
  public Duration timeFor(long attempts) {
    long intervals = Math.max(0, attempts - burst);
    long spaced = spacedNanos();
    return intervals > Long.MAX_VALUE / spaced
        ? DurationText.FOREVER
        : Duration.ofNanos(intervals * spaced);
  }

  /** {@return {@code 10/s}, {@code 500/5m}, {@code 500/5m in bursts of 50}} */
  @Override
  public String toString() {
    String time = DurationText.of(per);
    return permits
        + "/"
        + (time.matches("1(ms|s|m|h)") ? time.substring(1) : time)
        + (burst == 1 ? "" : " in bursts of " + burst);
  }
}
