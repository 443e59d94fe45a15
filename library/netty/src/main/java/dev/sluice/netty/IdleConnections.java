package dev.sluice.netty;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Open connections without a request, the one that was used last first. Thread-safe. */
final class IdleConnections {
  private final int limit;
  private final LostRequests lost = new LostRequests();

  // Guarded by this.
  private final Map<Origin, Deque<Connection>> byOrigin = new HashMap<>();

  /** The one that was idle for longest first. */
  private final Set<Connection> byAge = new LinkedHashSet<>();

  /**
   * An empty pool.
   *
   * @param limit beyond it, the oldest connection is closed
   */
  IdleConnections(int limit) {
    this.limit = limit;
  }

  @Nullable Connection take(Origin origin) {
    if (lost.allowsUsed(origin)) {
      return takeLast(origin);
    }
    for (Connection used = takeLast(origin); used != null; used = takeLast(origin)) {
      used.channel().end();
    }
    return null;
  }

  private synchronized @Nullable Connection takeLast(Origin origin) {
    Deque<Connection> connections = byOrigin.get(origin);
    Connection last = connections == null ? null : connections.peekFirst();
    if (last != null) {
      remove(last);
    }
    return last;
  }

  /** A request was sent on a used connection, and the server did not take it. */
  void wasLost(Connection connection) {
    lost.add(connection.origin(), connection.idleTime().lastNanos());
  }

  void add(Connection connection) {
    Connection oldest = null;
    synchronized (this) {
      byOrigin.computeIfAbsent(connection.origin(), each -> new ArrayDeque<>()).push(connection);
      byAge.add(connection);
      if (byAge.size() > limit) {
        oldest = byAge.iterator().next();
        remove(oldest);
      }
    }
    if (oldest != null) {
      oldest.channel().end();
    }
  }

  synchronized void remove(Connection connection) {
    Deque<Connection> connections =
        byAge.remove(connection) ? byOrigin.get(connection.origin()) : null;
    if (connections != null) {
      boolean unused = connections.remove(connection);
      if (connections.isEmpty()) {
        byOrigin.remove(connection.origin());
      }
    }
  }

  /** Closes those that are idle for longer than this. */
  void closeOlderThan(long nanos) {
    List<Connection> old = new ArrayList<>();
    synchronized (this) {
      for (Connection connection : byAge) {
        if (connection.idleTime().nanos() < nanos) {
          break;
        }
        old.add(connection);
      }
      old.forEach(this::remove);
    }
    old.forEach(connection -> connection.channel().end());
  }
}
