package dev.sluice.dns;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One query and its response, over a connection that it shares with others. */
final class TlsExchange {
  private final TlsConnections connections;

  // Guarded by this.
  private @Nullable TlsConnection current;
  private @Nullable TlsQuery query;
  private boolean cancelled;

  TlsExchange(TlsConnections connections) {
    this.connections = connections;
  }

  byte[] send(byte[] bytes) throws IOException {
    TlsQuery first = new TlsQuery(bytes);
    TlsConnection connection = connections.with(first);
    try {
      return send(connection, first);
    } catch (IOException e) {
      boolean isPicky = connection.hasServedOneOfMany();
      if (isCancelled() || !(isPicky || connection.hasServed())) {
        throw e;
      }
      if (isPicky) {
        connections.askOneAtATime();
      }
    }
    TlsQuery again = new TlsQuery(bytes);
    return send(connections.newWith(again), again);
  }

  private byte[] send(TlsConnection connection, TlsQuery asked) throws IOException {
    try {
      hold(connection, asked);
      return connection.exchange(asked);
    } finally {
      dropIfOver(connection);
      hold(null, null);
    }
  }

  private void hold(@Nullable TlsConnection connection, @Nullable TlsQuery asked) {
    boolean isLate;
    synchronized (this) {
      isLate = cancelled;
      current = connection;
      query = asked;
    }
    if (isLate) {
      cancel();
    }
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Ends the query, and closes the connection if no other query is on it. */
  void cancel() {
    TlsConnection connection;
    TlsQuery asked;
    synchronized (this) {
      cancelled = true;
      connection = current;
      asked = query;
    }
    if (connection != null && asked != null) {
      connection.cancel(asked);
      dropIfOver(connection);
    }
  }

  private void dropIfOver(TlsConnection connection) {
    if (connection.isOver()) {
      connections.drop(connection);
    }
  }
}
