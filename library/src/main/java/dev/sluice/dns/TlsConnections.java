package dev.sluice.dns;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The connections to one server: as few as its queries need. */
final class TlsConnections {
  /** Servers close idle connections after some seconds; RFC 7766 recommends few. */
  private static final long LONGEST_IDLE_NANOS = Duration.ofSeconds(10).toNanos();

  /** Queries at once on a connection. More would wait for each other where packets are lost. */
  private static final int USUAL = 8;

  private final String host;
  private final int port;
  private final SSLSocketFactory sockets;

  // Guarded by this.
  private final List<TlsConnection> open = new ArrayList<>();
  private int atOnce = USUAL;
  private boolean closed;

  TlsConnections(String host, int port, SSLSocketFactory sockets) {
    this.host = host;
    this.port = port;
    this.sockets = sockets;
  }

  /** A connection that has taken the query: an open one with room for it, or else a new one. */
  synchronized TlsConnection with(TlsQuery query) throws IOException {
    if (closed) {
      throw closed(null);
    }
    for (TlsConnection each : List.copyOf(open)) {
      if (each.idleNanos() > LONGEST_IDLE_NANOS) {
        drop(each);
      } else if (each.add(query, atOnce)) {
        return each;
      }
    }
    return newWith(query);
  }

  /** A new connection that has taken the query. */
  synchronized TlsConnection newWith(TlsQuery query) throws IOException {
    if (closed) {
      throw closed(null);
    }
    TlsConnection added = new TlsConnection(new Socket(), host, port, sockets);
    if (!added.add(query, atOnce)) {
      throw new IllegalStateException("a new connection has no room");
    }
    open.add(added);
    return added;
  }

  /** Notes that the server closes a connection after one response. */
  synchronized void askOneAtATime() {
    atOnce = 1;
  }

  /** What a failure of a connection is: if the resolver was closed, another try is pointless. */
  synchronized IOException failure(IOException e) {
    return closed ? closed(e) : e;
  }

  private static DnsException closed(@Nullable IOException cause) {
    return DnsException.closed("the resolver is closed", cause);
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
    }
    all.forEach(this::drop);
  }
}
