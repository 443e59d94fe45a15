package dev.sluice;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final IOException passing = new IOException("reset");

  @Test
  void noneMeansOneAttempt() {
    assertEquals(Optional.empty(), Retry.none().next(1, passing));
  }

  @Test
  void upToCountsTheFirstAttempt() {
    Retry retry = Retry.upTo(3).withBackoff(Backoff.fixed(ofSeconds(1)));
    assertEquals(Optional.of(ofSeconds(1)), retry.next(1, passing));
    assertEquals(Optional.of(ofSeconds(1)), retry.next(2, passing));
    assertEquals(Optional.empty(), retry.next(3, passing));
  }

  @Test
  void aFinalFailureIsNotRetried() {
    assertEquals(Optional.empty(), Retry.upTo(3).next(1, new Hint(false, ZERO)));
  }

  @Test
  void theConditionDecides() {
    Retry never = Retry.upTo(3).withCondition(e -> false);
    assertEquals(Optional.empty(), never.next(1, passing));
    Retry always = Retry.upTo(3).withBackoff(Backoff.fixed(ZERO)).withCondition(e -> true);
    assertEquals(Optional.of(ZERO), always.next(1, new Hint(false, ZERO)));
  }

  @Test
  void aLongerRetryAfterIsHonoured() {
    Retry retry = Retry.upTo(3).withBackoff(Backoff.fixed(ofSeconds(2)));
    assertEquals(Optional.of(ofSeconds(7)), retry.next(1, new Hint(true, ofSeconds(7))));
    assertEquals(Optional.of(ofSeconds(2)), retry.next(1, new Hint(true, ofSeconds(1))));
  }

  @Test
  void jitterSpreadsARetryAfterOverAQuarterOfIt() {
    Retry retry = Retry.upTo(3).withBackoff(Backoff.fixed(ofSeconds(1)).withJitter(() -> 1));
    assertEquals(Optional.of(ofSeconds(10)), retry.next(1, new Hint(true, ofSeconds(8))));
    Retry earliest = Retry.upTo(3).withBackoff(Backoff.fixed(ofSeconds(1)).withJitter(() -> 0));
    assertEquals(Optional.of(ofSeconds(8)), earliest.next(1, new Hint(true, ofSeconds(8))));
    long waits =
        IntStream.range(0, 200)
            .mapToObj(i -> Retry.upTo(2).next(1, new Hint(true, ofSeconds(8))).orElseThrow())
            .filter(wait -> wait.compareTo(ofSeconds(8)) >= 0)
            .distinct()
            .count();
    assertTrue(waits > 100, () -> "different waits: " + waits);
  }

  @Test
  void aRetryAfterBeyondTheLongestWaitEndsTheItem() {
    Retry retry = Retry.upTo(3).withLongestWait(ofSeconds(30));
    assertEquals(Optional.empty(), retry.next(1, new Hint(true, ofSeconds(31))));
    assertTrue(retry.next(1, new Hint(true, ofSeconds(30))).isPresent());
  }

  @Test
  void exponentialDoublesUpToTheLongest() {
    Backoff backoff = Backoff.exponential(ofMillis(200), ofSeconds(1));
    assertEquals(ofMillis(200), backoff.after(1));
    assertEquals(ofMillis(400), backoff.after(2));
    assertEquals(ofMillis(800), backoff.after(3));
    assertEquals(ofSeconds(1), backoff.after(4));
    assertEquals(ofSeconds(1), backoff.after(Integer.MAX_VALUE));
    assertEquals(ofMillis(5), Backoff.exponential(ofSeconds(1), ofMillis(5)).after(1));
  }

  @Test
  void exponentialNeverOverflows() {
    Backoff backoff = Backoff.exponential(ofSeconds(1), Policy.FOREVER);
    assertEquals(Policy.FOREVER, backoff.after(1_000));
  }

  @Test
  void jitterDrawsFromZeroToTheWholeWait() {
    Backoff backoff = Backoff.fixed(ofSeconds(10));
    assertEquals(ZERO, backoff.withJitter(() -> 0).after(1));
    assertEquals(ofSeconds(5), backoff.withJitter(() -> 0.5).after(1));
    Backoff drawn = backoff.withJitter();
    IntStream.range(0, 1_000)
        .mapToObj(i -> drawn.after(1))
        .forEach(wait -> assertTrue(!wait.isNegative() && wait.compareTo(ofSeconds(10)) <= 0));
  }

  @Test
  void refusesNegativeAndZeroArguments() {
    refused("maxAttempts: 0, must be at least 1", () -> Retry.upTo(0));
    refused("wait: -1s, must not be negative", () -> Backoff.fixed(ofSeconds(-1)));
    refused("first: 0s, must be longer than zero", () -> Backoff.exponential(ZERO, ofSeconds(1)));
    refused(
        "longestWait: -1m, must not be negative",
        () -> Retry.upTo(2).withLongestWait(ofMinutes(-1)));
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  /** A failure with a retry hint. */
  private static final class Hint extends IOException implements RetryHint {
    private static final long serialVersionUID = 1L;
    private final boolean passing;
    private final Duration wish;

    Hint(boolean passing, Duration wish) {
      super("hint");
      this.passing = passing;
      this.wish = wish;
    }

    @Override
    public boolean isTransient() {
      return passing;
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(wish);
    }
  }
}
