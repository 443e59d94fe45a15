package dev.sluice.http;

import static java.math.RoundingMode.CEILING;

import dev.sluice.Quota;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private RateLimitFields() {}

  static Optional<Quota> of(Response response) {
    return of(response.headers(), RetryAfter.received(response));
  }

  private static Optional<Quota> of(Headers headers, Instant received) {
    Optional<Quota> least =
        ofField(
            ListItem.of(headers.values("RateLimit")),
            ListItem.of(headers.values("RateLimit-Policy")));
    if (least.isPresent()) {
      return least;
    }
    for (String prefix : new String[] {"RateLimit-", "X-RateLimit-", "X-Rate-Limit-"}) {
      OptionalLong remaining = number(headers.get(prefix + "Remaining"));
      OptionalLong reset = roundedUp(headers.get(prefix + "Reset"));
      if (remaining.isPresent() && reset.isPresent()) {
        return Optional.of(
            new Quota(remaining.getAsLong(), wait(reset.getAsLong(), headers, received)));
      }
    }
    return Optional.empty();
  }

  /** Of several policies, that with the fewest requests left, and of those the longest. */
  private static Optional<Quota> ofField(List<ListItem> items, List<ListItem> policies) {
    return (isDictionary(items) ? List.of(joined(items)) : items)
        .stream()
            .flatMap(item -> quota(item, policies).stream())
            .min(
                Comparator.comparingLong(Quota::remaining)
                    .thenComparing(Quota::reset, Comparator.reverseOrder()));
  }

  /** {@code limit=10, remaining=0, reset=30}, as earlier versions have it. */
  private static boolean isDictionary(List<ListItem> items) {
    return items.stream()
        .allMatch(item -> item.name().isEmpty() && !item.parameters().containsKey("r"));
  }

  private static ListItem joined(List<ListItem> entries) {
    Map<String, String> all = new HashMap<>();
    entries.forEach(entry -> all.putAll(entry.parameters()));
    return new ListItem(all.getOrDefault("limit", ""), all);
  }

  private static Optional<Quota> quota(ListItem item, List<ListItem> policies) {
    OptionalLong remaining = number(either(item, "r", "remaining"));
    OptionalLong reset = roundedUp(either(item, "t", "reset"));
    OptionalLong wait = reset.isPresent() ? reset : window(item.name(), policies);
    return remaining.isPresent() && wait.isPresent()
        ? Optional.of(new Quota(remaining.getAsLong(), Duration.ofSeconds(wait.getAsLong())))
        : Optional.empty();
  }

  private static @Nullable String either(ListItem item, String name, String earlierName) {
    String value = item.parameters().get(name);
    return value == null ? item.parameters().get(earlierName) : value;
  }

  /** The window of the policy with this name, in seconds; that of the only one without a name. */
  private static OptionalLong window(String name, List<ListItem> policies) {
    boolean isOnly = name.isEmpty() && policies.size() == 1;
    return policies.stream()
        .filter(policy -> isOnly || policy.name().equals(name))
        .map(policy -> roundedUp(policy.parameters().get("w")))
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  private static OptionalLong number(@Nullable String text) {
    Matcher matcher = matcher(text);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  private static OptionalLong roundedUp(@Nullable String text) {
    Matcher matcher = matcher(text);
    return matcher.matches()
        ? OptionalLong.of(new BigDecimal(matcher.group()).setScale(0, CEILING).longValueExact())
        : OptionalLong.empty();
  }

  private static Matcher matcher(@Nullable String text) {
    // Some servers repeat a policy behind the number: "100, 100;w=60".
    return NUMBER.matcher(text == null ? "" : text.split("[,;]", 2)[0].strip());
  }

  private static Duration wait(long reset, Headers headers, Instant received) {
    if (reset < FIRST_UNIX_TIME) {
      return Duration.ofSeconds(reset);
    }
    long millis = reset < FIRST_UNIX_TIME * MILLIS ? reset * MILLIS : reset;
    return RetryAfter.until(Instant.ofEpochMilli(millis), headers, received);
  }
}
