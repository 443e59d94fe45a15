package dev.sluice.samples.servers.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates in the three formats of HTTP (RFC 9110, section 5.6.7). */
public final class HttpDate {
  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private HttpDate() {}

  /** Formats without a DateTimeFormatter, whose locale data would add 50 ms to a cold start. */
  public static String format(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(29).append(DAYS[time.getDayOfWeek().getValue() - 1]);
    pair(text.append(", "), time.getDayOfMonth()).append(' ');
    text.append(MONTHS[time.getMonthValue() - 1]).append(' ').append(time.getYear());
    pair(text.append(' '), time.getHour());
    pair(text.append(':'), time.getMinute());
    return pair(text.append(':'), time.getSecond()).append(" GMT").toString();
  }

  private static StringBuilder pair(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /** Reads all three formats. Empty for anything else: such a condition is to be ignored. */
  public static Optional<Instant> parse(String text) {
    for (DateTimeFormatter format : Formats.ALL) {
      try {
        return Optional.of(LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC));
      } catch (DateTimeParseException e) {
        // The text may have the next format.
      }
    }
    return Optional.empty();
  }

  /** In a class of its own, so that only a request with a date loads the formatters. */
  private static final class Formats {
    static final List<DateTimeFormatter> ALL =
        List.of(
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH),
            rfc850(),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH));

    /** RFC 850 has two-digit years; a date more than 50 years ahead is in the last century. */
    private static DateTimeFormatter rfc850() {
      LocalDate earliest = LocalDate.now(ZoneOffset.UTC).minusYears(49);
      return new DateTimeFormatterBuilder()
          .appendPattern("EEEE, dd-MMM-")
          .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
          .appendPattern(" HH:mm:ss 'GMT'")
          .toFormatter(Locale.ENGLISH);
    }
  }
}
