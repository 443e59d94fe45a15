package dev.sluice.dns.engine;

import dev.sluice.dns.linux.DatagramBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ports towards one server. Queries use them in turn, a batch each. */
final class UdpPorts {
  /** With the receive buffer that Linux grants by default, these hold 10,000 answers. */
  private static final int MAX_PORTS = 64;

  private static final int USUAL_PORTS = 4;
  private static final int QUERIES_PER_USUAL_PORT = 64;

  /** Opens a port towards a server; null if it has to wait until others are closed. */
  @FunctionalInterface
  interface Opener {
    @Nullable UdpPort open(Server server) throws IOException;
  }

  /** After a failure to open a port, this many queries use the open ones. */
  private static final int QUERIES_BEFORE_NEXT_OPEN = 1_024;

  private final Server server;
  private final Opener opener;
  private final List<UdpPort> ports = new ArrayList<>();

  /** Replaced ports that wait for their last answers. */
  private final List<UdpPort> retired = new ArrayList<>();

  private int current;
  private int queriesUntilOpen;

  /** How many more queries the current port gets: a full batch costs less per query. */
  private int left = DatagramBatch.SLOTS;

  UdpPorts(Server server, Opener opener) {
    this.server = server;
    this.opener = opener;
  }

  /** Whether ports are open, and no query waits for an answer. */
  boolean isIdle() {
    return !ports.isEmpty() && server.inFlight() == 0;
  }

  /** How many sockets are open. */
  int open() {
    retired.removeIf(port -> !port.isOpen());
    return ports.size() + retired.size();
  }

  Server server() {
    return server;
  }

  /**
   * A port with room for one more answer, a new one if necessary; null when all are full.
   *
   * @param now the loop's nanoseconds
   */
  @Nullable UdpPort next(long now) throws IOException {
    queriesUntilOpen = Math.max(0, queriesUntilOpen - 1);
    if (ports.size() < USUAL_PORTS && server.inFlight() >= QUERIES_PER_USUAL_PORT * ports.size()) {
      UdpPort port = openIfPossible();
      if (port != null) {
        return port;
      }
    }
    for (int i = 0; i <= ports.size() && !ports.isEmpty(); i++) {
      if (ports.get(current).isWorn(now)) {
        if (ports.get(current).isBroken()) {
          dropBroken();
          return next(now);
        }
        replace(current);
      }
      if (left > 0 && ports.get(current).hasRoom()) {
        left--;
        return ports.get(current);
      }
      current = current + 1 < ports.size() ? current + 1 : 0;
      left = DatagramBatch.SLOTS;
    }
    return ports.size() < MAX_PORTS ? openIfPossible() : null;
  }

  /**
   * Opens a port. If that fails, for instance at the limit of file descriptors, the open ports have
   * to do, and this returns null; without any it is an exception.
   */
  private @Nullable UdpPort openIfPossible() throws IOException {
    if (!ports.isEmpty() && queriesUntilOpen > 0) {
      return null;
    }
    try {
      UdpPort port = opener.open(server);
      if (port != null) {
        ports.add(port);
      }
      return port;
    } catch (IOException e) {
      if (ports.isEmpty()) {
        throw e;
      }
      queriesUntilOpen = QUERIES_BEFORE_NEXT_OPEN;
      return null;
    }
  }

  /** Another port than this one, for a retry; this one if there is no other. */
  UdpPort otherThan(UdpPort port) throws IOException {
    for (UdpPort other : ports) {
      if (other != port && other.hasRoom() && !other.isBroken()) {
        return other;
      }
    }
    UdpPort opened = ports.size() < MAX_PORTS ? openIfPossible() : null;
    return opened == null ? port : opened;
  }

  private void dropBroken() {
    for (UdpPort port : List.copyOf(ports)) {
      if (port.isBroken()) {
        ports.remove(port);
        retire(port);
      }
    }
    current = 0;
  }

  private void retire(UdpPort port) {
    retired.removeIf(other -> !other.isOpen());
    retired.add(port);
    port.retire();
  }

  /** Opens a port in the place of another one, which stays if that fails. */
  private void replace(int index) {
    if (queriesUntilOpen > 0) {
      return;
    }
    try {
      UdpPort opened = opener.open(server);
      if (opened == null) {
        queriesUntilOpen = QUERIES_BEFORE_NEXT_OPEN;
      } else {
        retire(ports.set(index, opened));
      }
    } catch (IOException e) {
      queriesUntilOpen = QUERIES_BEFORE_NEXT_OPEN;
    }
  }

  /** Closes all ports. The next query opens one. */
  void close() {
    ports.forEach(UdpPort::close);
    ports.clear();
    retired.forEach(UdpPort::close);
    retired.clear();
    current = 0;
    queriesUntilOpen = 0;
  }
}
