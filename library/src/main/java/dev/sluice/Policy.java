package dev.sluice;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How work is done: how many at once, how long each may take, what happens after a failure, and on
 * which threads.
 *
 * <pre>{@code
 * Policy polite = Policy.limit(5)
 *     .withAttemptTimeout(ofSeconds(3))
 *     .withRetry(Retry.upTo(3));
 * }</pre>
 *
 * <p>The order is fixed: retry( permit( attempt timeout( work ) ) ). A permit covers one attempt,
 * not the wait before the next one and not the disk; the clock of an attempt starts with its permit
 * and not in the queue for it. A run as a whole has no clock here: {@code takeUntil} and {@code
 * timeout} of RxJava are that.
 *
 * @param limiter how many attempts at once; streams with the same limiter share it
 * @param attemptTimeout from the permit to the last byte of one attempt; longer than zero
 * @param itemTimeout for all attempts of an item, the waits for permits and retries included;
 *     {@link #FOREVER} for no such clock
 * @param retry what happens after a failed attempt
 * @param window how many items may be under way at once
 * @param schedulers on which threads
 */
public record Policy(
    Limiter limiter,
    Duration attemptTimeout,
    Duration itemTimeout,
    Retry retry,
    Window window,
    IoSchedulers schedulers) {

  /** So long that it never ends: about 292 years, the longest that counts in nanoseconds. */
  public static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  /**
   * Refuses null and durations that are not longer than zero.
   *
   * @param limiter {@link #limiter()}
   * @param attemptTimeout {@link #attemptTimeout()}
   * @param itemTimeout {@link #itemTimeout()}
   * @param retry {@link #retry()}
   * @param window {@link #window()}
   * @param schedulers {@link #schedulers()}
   */
  public Policy {
    requireNonNull(limiter, "limiter");
    attemptTimeout = atMostForever(Check.positive(attemptTimeout, "attemptTimeout"));
    itemTimeout = atMostForever(Check.positive(itemTimeout, "itemTimeout"));
    requireNonNull(retry, "retry");
    requireNonNull(window, "window");
    requireNonNull(schedulers, "schedulers");
  }

  /**
   * {@return a policy with a limiter of its own: so many attempts at once, 10 s for each, no clock
   * for an item, no retry, a window of twice the limit, the shared schedulers}
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
    return new Policy(
        limiter,
        Duration.ofSeconds(10),
        FOREVER,
        Retry.none(),
        Window.of((int) Math.min(2L * limiter.limit(), Integer.MAX_VALUE)),
        IoSchedulers.shared());
  }

  /**
   * {@return a copy with this limiter; the window stays as it is}
   *
   * @param limiter how many attempts at once
   */
  public Policy withLimiter(Limiter limiter) {
    return new Policy(limiter, attemptTimeout, itemTimeout, retry, window, schedulers);
  }

  /**
   * {@return a copy with this clock for an attempt}
   *
   * @param attemptTimeout longer than zero
   */
  public Policy withAttemptTimeout(Duration attemptTimeout) {
    return new Policy(limiter, attemptTimeout, itemTimeout, retry, window, schedulers);
  }

  /**
   * {@return a copy with this clock for an item, all its attempts and waits}
   *
   * @param itemTimeout longer than zero
   */
  public Policy withItemTimeout(Duration itemTimeout) {
    return new Policy(limiter, attemptTimeout, itemTimeout, retry, window, schedulers);
  }

  /**
   * {@return a copy with this retry}
   *
   * @param retry what happens after a failed attempt
   */
  public Policy withRetry(Retry retry) {
    return new Policy(limiter, attemptTimeout, itemTimeout, retry, window, schedulers);
  }

  /**
   * {@return a copy with this window}
   *
   * @param window how many items may be under way at once
   */
  public Policy withWindow(Window window) {
    return new Policy(limiter, attemptTimeout, itemTimeout, retry, window, schedulers);
  }

  /**
   * {@return a copy with these schedulers}
   *
   * @param schedulers on which threads
   */
  public Policy withSchedulers(IoSchedulers schedulers) {
    return new Policy(limiter, attemptTimeout, itemTimeout, retry, window, schedulers);
  }

  private static Duration atMostForever(Duration duration) {
    return duration.compareTo(FOREVER) < 0 ? duration : FOREVER;
  }
}
