package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * When a failed attempt is followed by another, and how much later.
 *
 * <pre>{@code
 * Retry.upTo(3).withBackoff(Backoff.exponential(ofMillis(200), ofSeconds(5)).withJitter())
 * }</pre>
 *
 * @param maxAttempts attempts in all, the first one included; at least 1
 * @param backoff the wait before the next attempt; the other side's own {@linkplain
 *     RetryHint#retryAfter() wish} is honoured when it is longer
 * @param longestWait when the other side asks for a longer wait than this, the item fails at once
 *     rather than come back too early or hold its place for hours
 * @param condition which failures are worth another attempt
 */
public record Retry(
    int maxAttempts,
    Backoff backoff,
    Duration longestWait,
    Predicate<? super IOException> condition) {

  /**
   * Refuses null and numbers that make no sense.
   *
   * @param maxAttempts {@link #maxAttempts()}
   * @param backoff {@link #backoff()}
   * @param longestWait {@link #longestWait()}
   * @param condition {@link #condition()}
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
   * {@return so many attempts in all; exponential back-off from 200 ms to 10 s with full jitter,
   * wishes of the other side honoured up to 1 minute, everything retried but what {@linkplain
   * RetryHint says} that it is final}
   *
   * @param maxAttempts attempts in all, the first one included; at least 1
   */
  public static Retry upTo(int maxAttempts) {
    return new Retry(
        maxAttempts,
        Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(10)).withJitter(),
        Duration.ofMinutes(1),
        Retry::mayPass);
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
   * {@return a copy that waits at most this long when the other side asks for it}
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
    Duration wished = wish(cause);
    if (wished.compareTo(longestWait) > 0) {
      return Optional.empty();
    }
    Duration wait = backoff.after(failures);
    return Optional.of(wait.compareTo(wished) > 0 ? wait : wished);
  }

  private static Duration wish(IOException cause) {
    return cause instanceof RetryHint hint
        ? hint.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  private static boolean mayPass(IOException cause) {
    return !(cause instanceof RetryHint hint) || hint.isTransient();
  }
}
