package dev.sluice.dns;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The connections to one server: those in use, and those that wait for the next query. */
final class TlsConnections {
  /** Servers close idle connections after some seconds; RFC 7766 recommends few. */
  private static final long LONGEST_IDLE_NANOS = Duration.ofSeconds(10).toNanos();

  private final String host;
  private final int port;
  private final SSLSocketFactory sockets;

  // Guarded by this.
  private final Deque<TlsConnection> idle = new ArrayDeque<>();
  private final Set<TlsConnection> open = new HashSet<>();
  private boolean closed;

  TlsConnections(String host, int port, SSLSocketFactory sockets) {
    this.host = host;
    this.port = port;
    this.sockets = sockets;
  }

  /** The connection that was used last; null if there is none that is young enough. */
  synchronized @Nullable TlsConnection kept() {
    TlsConnection last = idle.pollLast();
    if (last != null && last.idleNanos() > LONGEST_IDLE_NANOS) {
      idle.addLast(last);
      idle.forEach(this::drop);
      idle.clear();
      return null;
    }
    return last;
  }

  /** A new connection, not yet connected. */
  synchronized TlsConnection make() throws IOException {
    if (closed) {
      throw closed(null);
    }
    TlsConnection connection = new TlsConnection(new Socket(), host, port, sockets);
    open.add(connection);
    return connection;
  }

  /** What a failure of a connection is: if the resolver was closed, another try is pointless. */
  synchronized IOException failure(IOException e) {
    return closed ? closed(e) : e;
  }

  private static DnsException closed(@Nullable IOException cause) {
    return DnsException.closed("the resolver is closed", cause);
  }

  synchronized void keep(TlsConnection connection) {
    if (closed) {
      drop(connection);
    } else {
      connection.rest();
      idle.addLast(connection);
    }
  }

  void drop(TlsConnection connection) {
    synchronized (this) {
      open.remove(connection);
    }
    connection.close();
  }

  void close() {
    List<TlsConnection> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(open);
      idle.clear();
    }
    all.forEach(this::drop);
  }
}
