package dev.sluice.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.Response;

/** The header {@code Retry-After}: seconds, or a date (RFC 9110, section 10.2.3). */
final class RetryAfter {
  private static final String NAME = "Retry-After";

  private RetryAfter() {}

  static Optional<Duration> of(Response response) {
    return of(response.headers(), received(response));
  }

  /** When a response was received: now, if its factory of calls does not say so. */
  static Instant received(Response response) {
    long millis = response.receivedResponseAtMillis();
    return millis == 0 ? Instant.now() : Instant.ofEpochMilli(millis);
  }

  static Optional<Duration> of(Headers headers, Instant received) {
    String value = headers.get(NAME);
    if (value == null) {
      return Optional.empty();
    }
    if (value.matches("[0-9]+")) {
      // More than 9 digits are more than 30 years: longer than any limit.
      return Optional.of(
          Duration.ofSeconds(value.length() > 9 ? 999_999_999 : Long.parseLong(value)));
    }
    return date(headers, NAME).map(then -> until(then, headers, received));
  }

  /**
   * How long from the response until a time that it names; zero if that has passed. By the server's
   * clock if it says the time: the clock of this machine may be wrong.
   */
  static Duration until(Instant then, Headers headers, Instant received) {
    Duration wait = Duration.between(date(headers, "Date").orElse(received), then);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private static Optional<Instant> date(Headers headers, String name) {
    return Optional.ofNullable(headers.getDate(name)).map(Date::toInstant);
  }
}
