package dev.sluice.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or a date (RFC 9110, section 10.2.3). */
final class RetryAfter {
  private RetryAfter() {}

  static Optional<Duration> of(Response response) {
    String value = response.header("Retry-After");
    return value == null
        ? Optional.empty()
        : parse(value.trim(), now(response.header("Date"), response.receivedResponseAtMillis()));
  }

  static Optional<Duration> parse(String value, Instant now) {
    if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      // More digits than that ask for more than 30 years: far beyond any limit, and still a number.
      return Optional.of(
          Duration.ofSeconds(value.length() > 9 ? 999_999_999 : Long.parseLong(value)));
    }
    return date(value)
        .map(then -> Duration.between(now, then))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  /** The server's own clock, so that a wrong clock here does not change how long it asked for. */
  private static Instant now(@Nullable String date, long receivedAtMillis) {
    Instant received = Instant.ofEpochMilli(receivedAtMillis);
    return date == null ? received : date(date).orElse(received);
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
