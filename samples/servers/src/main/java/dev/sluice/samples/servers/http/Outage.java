package dev.sluice.samples.servers.http;

import java.time.Duration;

/**
 * A time in which the server accepts no connection; those that are open are reset at its beginning.
 *
 * @param after from the start of the server to the beginning
 * @param lasting zero for no outage
 */
record Outage(Duration after, Duration lasting) {
  static final Outage NONE = new Outage(Duration.ZERO, Duration.ZERO);

  /** Whether it is now, so long after the start. */
  boolean isAt(long nanos) {
    return nanos >= after.toNanos() && nanos < end();
  }

  /** How long until it begins or ends; Long.MAX_VALUE if it does neither any more. */
  long nanosToChange(long nanos) {
    if (lasting.isZero() || nanos >= end()) {
      return Long.MAX_VALUE;
    }
    return (nanos < after.toNanos() ? after.toNanos() : end()) - nanos;
  }

  private long end() {
    return after.plus(lasting).toNanos();
  }
}
