package dev.sluice;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a {@link Rate}, kept as one number: the time at which the bucket is full again
 * (GCRA, ITU-T I.371). Times are monotonic nanoseconds, of which only differences count. Guarded by
 * the limiter's lock.
 */
final class TokenBucket {
  /** The interval is longer by this part of it, see {@link Rate}. */
  private static final int MARGIN_PART = 50;

  private final long intervalNanos;

  /** How long before it is full the bucket already has a token. */
  private final long burstNanos;

  private long fullAt;

  private TokenBucket(Rate rate, long now) {
    intervalNanos = rate.intervalNanos() + rate.intervalNanos() / MARGIN_PART;
    long most = Long.MAX_VALUE / 4;
    long steps = rate.burst() - 1L;
    burstNanos = steps > most / intervalNanos ? most : steps * intervalNanos;
    fullAt = now;
  }

  /** The full bucket of a rate; null for no rate. */
  static @Nullable TokenBucket of(@Nullable Rate rate, long now) {
    return rate == null ? null : new TokenBucket(rate, now);
  }

  /** How long until there is a token; 0 if there is one. */
  long waitNanos(long now) {
    return Math.max(0, fullAt - burstNanos - now);
  }

  void take(long now) {
    fullAt = (fullAt - now > 0 ? fullAt : now) + intervalNanos;
  }

  /** How long until nothing is left to remember. */
  long fullInNanos(long now) {
    return Math.max(0, fullAt - now);
  }
}
