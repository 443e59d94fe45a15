package dev.sluice.dns.engine;

/**
 * The bounds of each server.
 *
 * @param limit how many queries may be in flight to it
 * @param intervalNanos the time between two queries to it; 0 for no rate
 * @param burst how many queries may follow each other at once after a pause
 */
public record Pace(int limit, long intervalNanos, int burst) {
  /** No bounds. */
  public static final Pace NONE = new Pace(Integer.MAX_VALUE, 0, 1);

  /**
   * {@return the share of each loop}
   *
   * @param loops how many loops ask the same servers
   */
  public Pace shared(int loops) {
    int share = limit == Integer.MAX_VALUE ? limit : Math.max(1, limit / loops);
    return new Pace(share, intervalNanos * loops, Math.max(1, burst / loops));
  }

  boolean isBounded() {
    return limit < Integer.MAX_VALUE || intervalNanos > 0;
  }

  /** Takes a token, and notes when the next one is there. */
  void take(Server server, long now) {
    long interval = Math.max(intervalNanos, server.ownIntervalNanos);
    if (interval > 0) {
      // A bucket that is full has burst tokens: the next one counts from so long ago.
      long full = now - (burst - 1) * interval;
      boolean isFull = !server.isPaced || server.nextAt - full < 0;
      server.isPaced = true;
      server.nextAt = (isFull ? full : server.nextAt) + interval;
    }
  }

  boolean allows(Server server, long now) {
    return !server.isPaced || server.nextAt - now <= 0;
  }
}
