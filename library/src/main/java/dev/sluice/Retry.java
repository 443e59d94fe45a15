package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a failed attempt is followed by another, and how much later.
 *
 * <pre>{@code
 * Retry.upTo(3).withBackoff(Backoff.exponential(ofMillis(200), ofSeconds(5)).withJitter())
 * }</pre>
 *
 * @param maxAttempts attempts in all, the first one included; at least 1
 * @param backoff the wait before the next attempt; a {@linkplain RetryHint#retryAfter() wait that
 *     the server asks for} is honoured when it is longer; with jitter, up to a quarter is added to
 *     it
 * @param longestWait when the server asks for a longer wait than this, the item fails at once
 *     rather than come back too early or hold its place for hours
 * @param condition which failures are worth another attempt
 */
public record Retry(
    int maxAttempts,
    Backoff backoff,
    Duration longestWait,
    Predicate<? super IOException> condition) {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Predicate<IOException> IS_TRANSIENT = Retry::isTransient;

  /**
   * Checks the numbers, and that nothing is null.
   *
   * @param maxAttempts attempts in all, 1 or more
   * @param backoff the wait before the next attempt
   * @param longestWait zero or longer
   * @param condition which failures are worth another attempt
   */
  public Retry {
    Check.atLeast(1, maxAttempts, "maxAttempts");
    requireNonNull(backoff, "backoff");
    Check.notNegative(longestWait, "longestWait");
    requireNonNull(condition, "condition");
  }

  /** {@return one attempt, no retry} */
  public static Retry none() {
    return upTo(1);
  }

  /**
   * {@return this many attempts in all; exponential back-off from 200 ms to 10 s with full jitter,
   * a {@code Retry-After} of the server honoured up to 1 minute, and every failure retried that is
   * not {@linkplain RetryHint#isTransient() final}}
   *
   * @param maxAttempts attempts in all, the first one included; at least 1
   */
  public static Retry upTo(int maxAttempts) {
    return new Retry(
        maxAttempts,
        Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(10)).withJitter(),
        LONGEST_WAIT,
        IS_TRANSIENT);
  }

  /**
   * {@return a copy with this back-off}
   *
   * @param backoff the wait before the next attempt
   */
  public Retry withBackoff(Backoff backoff) {
    return new Retry(maxAttempts, backoff, longestWait, condition);
  }

  /**
   * {@return a copy that waits at most this long when the server asks for it}
   *
   * @param longestWait zero or longer
   */
  public Retry withLongestWait(Duration longestWait) {
    return new Retry(maxAttempts, backoff, longestWait, condition);
  }

  /**
   * {@return a copy that retries only what passes this test}
   *
   * @param condition which failures are worth another attempt
   */
  public Retry withCondition(Predicate<? super IOException> condition) {
    return new Retry(maxAttempts, backoff, longestWait, condition);
  }

  /** The wait before the next attempt; empty when there must not be one. */
  Optional<Duration> next(int failures, IOException cause) {
    if (failures >= maxAttempts || !condition.test(cause)) {
      return Optional.empty();
    }
    Duration asked = DurationText.atMostForever(askedBy(cause));
    if (asked.compareTo(longestWait) > 0) {
      return Optional.empty();
    }
    Duration wait = backoff.after(failures);
    Duration spread = DescribedBackoff.spread(asked, backoff);
    return Optional.of(wait.compareTo(spread) > 0 ? wait : spread);
  }

  private static Duration askedBy(IOException cause) {
    return cause instanceof RetryHint hint
        ? hint.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  private static boolean isTransient(IOException cause) {
    return !(cause instanceof RetryHint hint) || hint.isTransient();
  }

  /** {@return a phrase for people: {@code 3 attempts with back-off 200ms to 10s and jitter}} */
  @Override
  public String toString() {
    if (maxAttempts == 1) {
      return "1 attempt";
    }
    return maxAttempts
        + " attempts with "
        + DescribedBackoff.describe(backoff)
        + (longestWait.equals(LONGEST_WAIT)
            ? ""
            : ", Retry-After up to " + DurationText.of(longestWait))
        + (condition.equals(IS_TRANSIENT) ? "" : ", on a condition");
  }
}
