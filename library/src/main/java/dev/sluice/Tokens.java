package dev.sluice;

/**
 * Says by a {@link Rate} when the next attempt may start. Times are monotonic nanoseconds, of which
 * only differences count. Guarded by the limiter's lock.
 */
interface Tokens {
  /** How long until there is a token; 0 if there is one. */
  long waitNanos(long now);

  /** Takes the token that there is. */
  void take(long now);

  /**
   * Attempts have started, of which the first was answered now. On its way to the server it may
   * have waited for a connection, and the others behind it: they count as if all had started now.
   */
  void arrivedBy(long now, long attempts);

  /** How long until nothing is left to remember. */
  long fullInNanos(long now);
}
