package dev.sluice.dns;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One query and its response over a connection that is kept for the next query. */
final class TlsExchange {
  private final TlsConnections connections;

  // Guarded by this.
  private @Nullable TlsConnection current;
  private boolean cancelled;

  TlsExchange(TlsConnections connections) {
    this.connections = connections;
  }

  byte[] send(byte[] query) throws IOException {
    TlsConnection kept = connections.kept();
    if (kept != null) {
      try {
        return send(kept, query);
      } catch (IOException e) {
        // The server may have closed the connection meanwhile (RFC 7858, section 3.4).
        if (isCancelled() || kept.hasReceived()) {
          throw e;
        }
      }
    }
    return send(connections.make(), query);
  }

  private byte[] send(TlsConnection connection, byte[] query) throws IOException {
    boolean whole = false;
    try {
      hold(connection);
      byte[] response = connection.exchange(query);
      whole = release();
      return response;
    } finally {
      if (whole) {
        connections.keep(connection);
      } else {
        connections.drop(connection);
      }
    }
  }

  private synchronized void hold(TlsConnection connection) throws IOException {
    if (cancelled) {
      throw new IOException("cancelled");
    }
    current = connection;
  }

  /** Whether the connection may carry another query. */
  private synchronized boolean release() {
    current = null;
    return !cancelled;
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Closes the connection, if the query is under way. */
  void cancel() {
    TlsConnection connection;
    synchronized (this) {
      cancelled = true;
      connection = current;
    }
    if (connection != null) {
      connections.drop(connection);
    }
  }
}
