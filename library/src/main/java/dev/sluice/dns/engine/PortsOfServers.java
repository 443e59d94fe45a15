package dev.sluice.dns.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ports of each server, by the server's index. At the limit of sockets, and when no further one
 * can be opened, ports of servers that are not in use are closed.
 */
final class PortsOfServers {
  /** Servers whose ports are closed at once, so that this is not done for each query. */
  private static final int CLOSED_AT_ONCE = 64;

  private final UdpPorts.Opener opener;
  private final int maxSockets;
  private final List<@Nullable UdpPorts> ports = new ArrayList<>();

  /** The server whose ports are the next to be looked at. */
  private int cursor;

  /** At least as many as there are open sockets. */
  private int sockets;

  /**
   * No ports yet.
   *
   * @param maxSockets above so many, ports that are not in use are closed
   */
  PortsOfServers(UdpPorts.Opener opener, int maxSockets) {
    this.opener = opener;
    this.maxSockets = maxSockets;
  }

  UdpPorts of(Server server) {
    UdpPorts known = server.index < ports.size() ? ports.get(server.index) : null;
    return known != null && known.server() == server ? known : put(server, known);
  }

  private UdpPorts put(Server server, @Nullable UdpPorts before) {
    if (before != null) {
      before.close();
    }
    while (ports.size() <= server.index) {
      ports.add(null);
    }
    UdpPorts added = new UdpPorts(server, this::open);
    ports.set(server.index, added);
    return added;
  }

  private @Nullable UdpPort open(Server server) throws IOException {
    if (sockets >= maxSockets) {
      closeIdle(server);
      sockets = openSockets();
      if (sockets >= maxSockets) {
        return null;
      }
    }
    sockets++;
    try {
      return opener.open(server);
    } catch (IOException e) {
      if (!closeIdle(server)) {
        throw e;
      }
      return opener.open(server);
    }
  }

  private int openSockets() {
    int open = 0;
    for (UdpPorts each : ports) {
      open += each == null ? 0 : each.open();
    }
    return open;
  }

  /** Closes ports of servers that wait for no answer; false if there were none. */
  private boolean closeIdle(Server wanting) {
    int closed = 0;
    for (int looks = ports.size(); looks > 0 && closed < CLOSED_AT_ONCE; looks--) {
      cursor = cursor + 1 < ports.size() ? cursor + 1 : 0;
      UdpPorts each = ports.get(cursor);
      if (each != null && each.server() != wanting && each.isIdle()) {
        each.close();
        closed++;
      }
    }
    return closed > 0;
  }

  void close() {
    for (UdpPorts each : ports) {
      if (each != null) {
        each.close();
      }
    }
  }
}
