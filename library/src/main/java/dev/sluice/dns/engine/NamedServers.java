package dev.sluice.dns.engine;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The servers that queries name themselves, beside those of the options. The most recently asked
 * ones are kept, so that the sockets of the others can be closed.
 */
final class NamedServers {
  private static final int KEPT = 256;

  private final int firstIndex;
  private final Map<InetSocketAddress, Server> servers = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * No servers yet.
   *
   * @param firstIndex the index of the first one
   */
  NamedServers(int firstIndex) {
    this.firstIndex = firstIndex;
  }

  /** The server at an address. A new one may take over the index of one that is not in use. */
  Server at(InetSocketAddress address) {
    Server known = servers.get(address);
    if (known != null) {
      return known;
    }
    Server added = new Server(address, freeIndex());
    servers.put(address, added);
    return added;
  }

  private int freeIndex() {
    if (servers.size() >= KEPT) {
      for (Iterator<Server> all = servers.values().iterator(); all.hasNext(); ) {
        Server server = all.next();
        if (server.inFlight() == 0) {
          all.remove();
          return server.index;
        }
      }
    }
    return firstIndex + servers.size();
  }
}
