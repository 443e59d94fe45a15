package dev.sluice.http;

import dev.sluice.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a response says about the requests that are left: {@code RateLimit} and {@code
 * RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers), the separate fields of its earlier
 * versions, and the {@code X-RateLimit} fields in use before it. A field that makes no sense is
 * ignored.
 */
final class RateLimitFields {
  /** A reset from this number on is a Unix time in seconds, one from its thousandfold in ms. */
  private static final long FIRST_UNIX_TIME = 1_000_000_000;

  private static final long MILLIS = 1_000;
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,15})(\\.\\d*)?");
  private static final Pattern REMAINING = parameter("r|remaining");
  private static final Pattern RESET = parameter("t|reset");
  private static final Pattern WINDOW = parameter("w");

  private RateLimitFields() {}

  private static Pattern parameter(String names) {
    return Pattern.compile("(?:^|[;,\\s])(?:" + names + ")\\s*=\\s*(\\d{1,15})(?![\\d.])");
  }

  static Optional<Quota> of(Response response) {
    return of(response.headers(), Instant.ofEpochMilli(response.receivedResponseAtMillis()));
  }

  private static Optional<Quota> of(Headers headers, Instant received) {
    String field = headers.get("RateLimit");
    if (field != null) {
      return ofField(field, headers.get("RateLimit-Policy"));
    }
    for (String prefix : new String[] {"RateLimit-", "X-RateLimit-", "X-Rate-Limit-"}) {
      OptionalLong remaining = number(headers.get(prefix + "Remaining"));
      OptionalLong reset = number(headers.get(prefix + "Reset"));
      if (remaining.isPresent() && reset.isPresent()) {
        return Optional.of(
            new Quota(remaining.getAsLong(), wait(reset.getAsLong(), headers, received)));
      }
    }
    return Optional.empty();
  }

  /** Of several policies, that with the fewest requests left. */
  private static Optional<Quota> ofField(String field, @Nullable String policy) {
    Quota fewest = null;
    boolean isDictionary = field.contains("remaining");
    for (String item : isDictionary ? new String[] {field} : field.split(",", -1)) {
      OptionalLong remaining = find(REMAINING, item);
      OptionalLong reset = find(RESET, item);
      if (reset.isEmpty() && policy != null) {
        reset = find(WINDOW, policy);
      }
      if (remaining.isPresent()
          && reset.isPresent()
          && (fewest == null || remaining.getAsLong() < fewest.remaining())) {
        fewest = new Quota(remaining.getAsLong(), Duration.ofSeconds(reset.getAsLong()));
      }
    }
    return Optional.ofNullable(fewest);
  }

  private static OptionalLong find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  private static OptionalLong number(@Nullable String text) {
    // Some servers repeat a policy behind the number: "100, 100;w=60".
    Matcher matcher = NUMBER.matcher(text == null ? "" : text.split("[,;]", 2)[0].strip());
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  private static Duration wait(long reset, Headers headers, Instant received) {
    if (reset < FIRST_UNIX_TIME) {
      return Duration.ofSeconds(reset);
    }
    long millis = reset < FIRST_UNIX_TIME * MILLIS ? reset * MILLIS : reset;
    return RetryAfter.until(Instant.ofEpochMilli(millis), headers, received);
  }
}
