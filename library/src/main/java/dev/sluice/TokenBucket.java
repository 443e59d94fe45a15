package dev.sluice;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a {@link Rate}, kept as one number: the time at which the bucket is full again
 * (GCRA, ITU-T I.371). Times are monotonic nanoseconds, of which only differences count. Guarded by
 * the limiter's lock.
 */
final class TokenBucket implements Tokens {
  private static final long LONGEST_NANOS = Long.MAX_VALUE / 4;

  private final long intervalNanos;

  /** How long before it is full the bucket already has a token. */
  private final long burstNanos;

  /**
   * A token that is taken late by up to this time does not delay the ones that follow: half of the
   * margin in the time of the rate, and never two tokens at once.
   */
  private final long lateNanos;

  /** As many attempts as a server may count together. */
  private final long counted;

  private long fullAt;

  private TokenBucket(Rate rate, long now) {
    intervalNanos = rate.spacedNanos();
    burstNanos = nanos(rate.burst() - 1L);
    lateNanos = rate.lateNanos();
    counted = Math.max(rate.permits(), rate.burst());
    fullAt = now;
  }

  /** The time of so many intervals. */
  private long nanos(long intervals) {
    return intervals > LONGEST_NANOS / intervalNanos ? LONGEST_NANOS : intervals * intervalNanos;
  }

  /** The full bucket of a rate; null for no rate. */
  static @Nullable TokenBucket of(@Nullable Rate rate, long now) {
    return rate == null ? null : new TokenBucket(rate, now);
  }

  @Override
  public long waitNanos(long now) {
    return Math.max(0, fullAt - burstNanos - now);
  }

  @Override
  public void take(long now) {
    long due = now - lateNanos;
    fullAt = (fullAt - due > 0 ? fullAt : due) + intervalNanos;
  }

  @Override
  public void arrivedBy(long now, long attempts) {
    long latest = now + nanos(Math.min(attempts, counted));
    if (latest - fullAt > 0) {
      fullAt = latest;
    }
  }

  @Override
  public long fullInNanos(long now) {
    return Math.max(0, fullAt - now);
  }
}
