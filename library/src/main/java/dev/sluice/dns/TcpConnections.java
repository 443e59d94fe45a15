package dev.sluice.dns;

import java.io.IOException;

/** Questions whose answer does not fit a datagram: a connection each, so many at once. */
final class TcpConnections {
  private static final int MAX_CONNECTIONS = 64;

  private final Engine engine;
  private final IntrusiveList waiting = new IntrusiveList();
  private int open;

  TcpConnections(Engine engine) {
    this.engine = engine;
  }

  IntrusiveList waiting() {
    return waiting;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void start(Query query) {
    if (open < MAX_CONNECTIONS) {
      connect(query);
    } else {
      waiting.add(query);
    }
  }

  private void connect(Query query) {
    Server server = query.server;
    if (server == null) {
      throw new IllegalStateException("truncated by nobody");
    }
    engine.startClock(query);
    try {
      open++;
      query.tcp = TcpConnection.connect(engine, query, server.address);
    } catch (IOException e) {
      open--;
      engine.stumble(query, e);
    }
  }

  /** Gives the connection of a query back; the next one takes its place. */
  void close(Query query) {
    TcpConnection over = query.tcp;
    query.tcp = null;
    open--;
    if (over != null) {
      over.close();
    }
  }

  /** Called between two rounds. */
  void connectWaiting() {
    while (open < MAX_CONNECTIONS && !waiting.isEmpty()) {
      Query query = waiting.poll();
      if (query != null) {
        connect(query);
      }
    }
  }
}
