package dev.sluice.netty;

import java.util.concurrent.TimeUnit;

/** How long a connection is idle, and how long it is watched before its next request. */
final class IdleTime {
  /** A server that closes after every response often says so only with the end of the stream. */
  private static final int FIRST_WAIT_MILLIS = 5;

  private static final int WAIT_MILLIS = 1;

  /** A connection that was idle for less is not waited for: its last use has just shown it open. */
  private static final long SHORT_IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private int requests;
  private volatile long since;
  private long last;

  /** A request is sent. */
  void end() {
    last = nanos();
    requests++;
  }

  /** Whether the connection had a request before this one. */
  boolean isUsed() {
    return requests > 1;
  }

  /** How long the connection was idle before this request. */
  long lastNanos() {
    return last;
  }

  /** The connection waits for a request. */
  void begin() {
    since = System.nanoTime();
  }

  long nanos() {
    return System.nanoTime() - since;
  }

  /** How long to wait for the end of the stream before the connection is used again. */
  int waitMillis() {
    if (requests == 1) {
      return FIRST_WAIT_MILLIS;
    }
    return nanos() < SHORT_IDLE_NANOS ? 0 : WAIT_MILLIS;
  }
}
