package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a work is done: how many attempts at once, how long each may take, what happens after a
 * failure, and on which threads.
 *
 * <pre>{@code
 * Policy polite = Policy.limit(5)
 *     .withAttemptTimeout(ofSeconds(3))
 *     .withRetry(Retry.upTo(3));
 * }</pre>
 *
 * <p>The order is fixed: retry( hedge( permit( attempt timeout( work ) ) ) ). A permit covers one
 * attempt, not the wait before the next one and not the disk; the clock of an attempt starts with
 * its permit and not in the queue for it. The clock of a whole run is {@link Pipeline#within}.
 *
 * <p><img src="doc-files/policy.svg" alt="A fails, waits 2 s without its permit, and is tried
 * again; meanwhile B has the permit. An attempt timeout starts with the permit, an item timeout
 * does not.">
 *
 * <p>An immutable value. Policies are equal when all that their accessors return is equal.
 */
public final class Policy {
  /** So long that it never ends: about 292 years, the longest that counts in nanoseconds. */
  public static final Duration FOREVER = DurationText.FOREVER;

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

  private final Limiter limiter;

  /** Null while it is the default. */
  private final @Nullable Duration attemptTimeout;

  private final Duration itemTimeout;
  private final Retry retry;
  private final IoSchedulers schedulers;
  private final int weight;

  /** Null for no second attempts. */
  private final @Nullable Hedge hedge;

  /** Null while the window follows the limiter. */
  private final @Nullable Window window;

  private Policy(
      Limiter limiter,
      @Nullable Duration attemptTimeout,
      Duration itemTimeout,
      Retry retry,
      @Nullable Window window,
      IoSchedulers schedulers,
      int weight,
      @Nullable Hedge hedge) {
    this.limiter = requireNonNull(limiter, "limiter");
    this.attemptTimeout = attemptTimeout;
    this.itemTimeout = DurationText.atMostForever(Check.positive(itemTimeout, "itemTimeout"));
    this.retry = requireNonNull(retry, "retry");
    this.window = window;
    this.schedulers = requireNonNull(schedulers, "schedulers");
    this.weight = Check.atLeast(1, weight, "weight");
    this.hedge = hedge;
  }

  /**
   * {@return a policy with a limiter of its own: this many attempts at once, 10 s for each, no
   * clock for an item, no retry, a window of twice the limit, the shared schedulers}
   *
   * @param limit how many attempts at once, 1 or more
   */
  public static Policy limit(int limit) {
    return of(Limiter.of(limit));
  }

  /**
   * {@return the same policy as {@link #limit} with a limiter that others may share}
   *
   * @param limiter how many attempts at once
   */
  public static Policy of(Limiter limiter) {
    return new Policy(limiter, null, FOREVER, Retry.none(), null, IoSchedulers.shared(), 1, null);
  }

  /** {@return how many attempts at once; pipelines with the same limiter share it} */
  public Limiter limiter() {
    return limiter;
  }

  /** {@return how long one attempt may take, from its permit to the last byte; 10 s by default} */
  public Duration attemptTimeout() {
    return attemptTimeout == null ? ATTEMPT_TIMEOUT : attemptTimeout;
  }

  /**
   * {@return how long an item may take: all its attempts, the waits for permits and retries
   * included; {@link #FOREVER} by default, which is no clock}
   */
  public Duration itemTimeout() {
    return itemTimeout;
  }

  /** {@return what happens after a failed attempt; no retry by default} */
  public Retry retry() {
    return retry;
  }

  /** {@return how many items may be under way at once; by default twice the limiter's limit} */
  public Window window() {
    return window == null ? twice(limiter.limit()) : window;
  }

  /** {@return on which threads; {@link IoSchedulers#shared()} by default} */
  public IoSchedulers schedulers() {
    return schedulers;
  }

  /**
   * {@return a copy with this limiter; the window follows it, unless {@link #withWindow} has set
   * one}
   *
   * @param limiter how many attempts at once
   */
  public Policy withLimiter(Limiter limiter) {
    return new Policy(
        limiter, attemptTimeout, itemTimeout, retry, window, schedulers, weight, hedge);
  }

  /**
   * {@return a copy with this clock for an attempt, from its permit to the last byte}
   *
   * @param attemptTimeout longer than zero; {@link #FOREVER} for no such clock
   */
  public Policy withAttemptTimeout(Duration attemptTimeout) {
    Duration timeout = DurationText.atMostForever(Check.positive(attemptTimeout, "attemptTimeout"));
    return new Policy(limiter, timeout, itemTimeout, retry, window, schedulers, weight, hedge);
  }

  /**
   * {@return a copy with this clock for an item, all its attempts and waits}
   *
   * @param itemTimeout longer than zero; {@link #FOREVER} for no such clock
   */
  public Policy withItemTimeout(Duration itemTimeout) {
    return new Policy(
        limiter, attemptTimeout, itemTimeout, retry, window, schedulers, weight, hedge);
  }

  /**
   * {@return a copy with this retry}
   *
   * @param retry what happens after a failed attempt
   */
  public Policy withRetry(Retry retry) {
    return new Policy(
        limiter, attemptTimeout, itemTimeout, retry, window, schedulers, weight, hedge);
  }

  /**
   * {@return a copy with this window, which stays as it is when the limiter changes}
   *
   * @param window how many items may be under way at once
   */
  public Policy withWindow(Window window) {
    requireNonNull(window, "window");
    return new Policy(
        limiter, attemptTimeout, itemTimeout, retry, window, schedulers, weight, hedge);
  }

  /**
   * {@return a copy with these schedulers}
   *
   * @param schedulers on which threads
   */
  public Policy withSchedulers(IoSchedulers schedulers) {
    return new Policy(
        limiter, attemptTimeout, itemTimeout, retry, window, schedulers, weight, hedge);
  }

  /**
   * {@return a copy with this weight}
   *
   * <p>Runs that share a limiter take turns: in its turn, a run of weight 3 starts three attempts
   * in each lane, a run of weight 1 one.
   *
   * @param weight 1 or more; 1 by default
   */
  public Policy withWeight(int weight) {
    return new Policy(
        limiter, attemptTimeout, itemTimeout, retry, window, schedulers, weight, hedge);
  }

  /**
   * {@return a copy in which a slow attempt gets a second one beside it}
   *
   * @param hedge when
   */
  public Policy withHedge(Hedge hedge) {
    requireNonNull(hedge, "hedge");
    return new Policy(
        limiter, attemptTimeout, itemTimeout, retry, window, schedulers, weight, hedge);
  }

  /** {@return a copy in which no attempt gets a second one beside it: the default} */
  public Policy withoutHedge() {
    return new Policy(
        limiter, attemptTimeout, itemTimeout, retry, window, schedulers, weight, null);
  }

  /** {@return when a slow attempt gets a second one; null, the default, for never} */
  public @Nullable Hedge hedge() {
    return hedge;
  }

  /** {@return how many attempts start in a row when it is the turn of a run; 1 by default} */
  public int weight() {
    return weight;
  }

  /**
   * Refuses values that cannot be meant together. Only when a policy is used, because they may be
   * set in any order.
   */
  void checkForContradictions() {
    checkHedge();
    if (window != null && window.size() < limiter.limit()) {
      throw new IllegalArgumentException(
          "window: "
              + window.size()
              + ", must not be below the limit, "
              + limiter.limit()
              + ": so many attempts could never run at once");
    }
    if (attemptTimeout != null
        && !attemptTimeout.equals(FOREVER)
        && attemptTimeout.compareTo(itemTimeout) > 0) {
      throw new IllegalArgumentException(
          "attemptTimeout: "
              + DurationText.of(attemptTimeout)
              + ", must not be above the itemTimeout, "
              + DurationText.of(itemTimeout));
    }
  }

  private void checkHedge() {
    if (hedge != null && hedge.least().compareTo(attemptTimeout()) >= 0) {
      throw new IllegalArgumentException(
          "hedge: after "
              + DurationText.of(hedge.least())
              + ", must be before the attemptTimeout, "
              + DurationText.of(attemptTimeout()));
    }
  }

  private static Window twice(int limit) {
    return Window.of((int) Math.min(2L * limit, Integer.MAX_VALUE));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Policy policy
        && limiter.equals(policy.limiter)
        && attemptTimeout().equals(policy.attemptTimeout())
        && itemTimeout.equals(policy.itemTimeout)
        && retry.equals(policy.retry)
        && window().equals(policy.window())
        && schedulers.equals(policy.schedulers)
        && weight == policy.weight
        && Objects.equals(hedge, policy.hedge);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        limiter, attemptTimeout(), itemTimeout, retry, window(), schedulers, weight, hedge);
  }

  /**
   * {@return a line for people: {@code 8 at once, 10s an attempt, no item timeout, 3 attempts with
   * back-off 200ms to 10s and jitter, window 16}}
   */
  @Override
  public String toString() {
    return limiter.limit()
        + " at once, "
        + (attemptTimeout().equals(FOREVER)
            ? "no attempt timeout, "
            : DurationText.of(attemptTimeout()) + " an attempt, ")
        + (itemTimeout.equals(FOREVER)
            ? "no item timeout, "
            : DurationText.of(itemTimeout) + " an item, ")
        + retry
        + ", "
        + window()
        + (weight == 1 ? "" : ", weight " + weight)
        + (hedge == null ? "" : ", " + hedge)
        + (schedulers.equals(IoSchedulers.shared()) ? "" : ", " + schedulers);
  }
}
