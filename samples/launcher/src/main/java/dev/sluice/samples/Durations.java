package dev.sluice.samples;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people type them: {@code 3.1}, {@code 500ms}, {@code 2s}, {@code PT3S}. */
public final class Durations {
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?|\\.\\d{1,9})(ms|s|m|h|)");

  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);

  private Durations() {}

  /**
   * Reads a duration; a number without a unit means seconds.
   *
   * @throws IllegalArgumentException if the text is not a duration, or is negative; the message
   *     says what is allowed
   */
  public static Duration parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    Matcher matcher = NUMBER_AND_UNIT.matcher(word);
    if (matcher.matches()) {
      return unit(matcher.group(2), new BigDecimal(matcher.group(1)));
    }
    return word.startsWith("p") ? iso(word, text) : refuse(text);
  }

  /**
   * Reads a duration longer than zero.
   *
   * @throws IllegalArgumentException if the text is anything else; the message says what is allowed
   */
  public static Duration parseTimeout(String text) {
    Duration timeout = parse(text);
    if (timeout.isZero()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a timeout: allowed is anything longer than zero");
    }
    return timeout;
  }

  /**
   * Reads a duration of a millisecond to a day, for sums that must not overflow.
   *
   * @throws IllegalArgumentException if the text is anything else; the message says what is allowed
   */
  public static Duration parseUpToADay(String text) {
    return checkUpToADay(text, parseTimeout(text));
  }

  /**
   * The same duration.
   *
   * @param text that it was read from
   * @throws IllegalArgumentException if it is not a millisecond to a day; the message says so
   */
  public static Duration checkUpToADay(String text, Duration duration) {
    if (duration.compareTo(MILLISECOND) < 0 || duration.compareTo(DAY) > 0) {
      throw new IllegalArgumentException("'" + text + "': allowed are 1ms to 24h");
    }
    return duration;
  }

  private static Duration unit(String unit, BigDecimal number) {
    long nanos =
        switch (unit) {
          case "ms" -> 1_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 1_000_000_000L;
        };
    BigDecimal[] seconds =
        number.multiply(BigDecimal.valueOf(nanos)).divideAndRemainder(BigDecimal.valueOf(1e9));
    return Duration.ofSeconds(seconds[0].longValue(), seconds[1].longValue());
  }

  private static Duration iso(String word, String text) {
    try {
      Duration duration = Duration.parse(word);
      return duration.isNegative() ? refuse(text) : duration;
    } catch (DateTimeParseException e) {
      return refuse(text);
    }
  }

  private static Duration refuse(String text) {
    throw new IllegalArgumentException(
        ("'%s' is not a duration: allowed are seconds (3.1), a number with ms, s, m or h (500ms),"
                + " and PT3.1S")
            .formatted(text));
  }
}
