package dev.sluice.netty;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The servers that have lost a request on a used connection. Some servers close idle connections
 * soon, and announce it only by the end of the stream: a request that is sent meanwhile is lost.
 * The other idle connections end likewise, and the next attempts would be lost on them. So for a
 * while, all requests to such a server go on new connections.
 *
 * <p>Thread-safe.
 */
final class LostRequests {
  /** For the back-off before the next attempt. */
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Beyond it, entries that have expired are removed. */
  private static final int MANY = 1_000;

  private final Map<Origin, Long> ends = new ConcurrentHashMap<>();

  /**
   * A request was lost.
   *
   * @param idleNanos how long its connection was idle before it: under a rate, the next request
   *     follows after this time again
   */
  void add(Origin server, long idleNanos) {
    long now = System.nanoTime();
    if (ends.size() > MANY) {
      ends.values().removeIf(end -> end - now < 0);
    }
    ends.put(server, now + Math.max(LEAST_NANOS, 2 * idleNanos));
  }

  /** Whether requests to this server go on used connections. */
  boolean allowsUsed(Origin server) {
    Long end = ends.get(server);
    return end == null || end - System.nanoTime() < 0;
  }
}
