package dev.sluice.dns.engine;

import java.net.InetSocketAddress;
import java.util.List;

/** Chooses the server for each try: round robin, servers that fail last. */
final class ServerSelection {
  private final Server[] servers;
  private int next;

  ServerSelection(List<InetSocketAddress> addresses) {
    servers = new Server[addresses.size()];
    for (int i = 0; i < servers.length; i++) {
      servers[i] = new Server(addresses.get(i), i);
    }
  }

  List<Server> all() {
    return List.of(servers);
  }

  /** Whether there is a server that this query did not ask yet. */
  boolean hasUnasked(Query query) {
    return Long.bitCount(query.askedServers) < servers.length;
  }

  /**
   * The next server that is trusted and was not asked yet. If there is none: the next one that was
   * not asked yet, else the next trusted one, else the next one.
   */
  Server choose(Query query) {
    if (servers.length == 1) {
      return servers[0];
    }
    int firstUnasked = -1;
    int firstTrusted = -1;
    for (int i = 0; i < servers.length; i++) {
      int at = (next + i) % servers.length;
      boolean unasked = ((query.askedServers >>> at) & 1) == 0;
      boolean trusted = servers[at].isTrusted();
      if (unasked && trusted) {
        return pick(at);
      }
      firstUnasked = firstUnasked < 0 && unasked ? at : firstUnasked;
      firstTrusted = firstTrusted < 0 && trusted ? at : firstTrusted;
    }
    return pick(firstUnasked >= 0 ? firstUnasked : firstTrusted >= 0 ? firstTrusted : next);
  }

  private Server pick(int at) {
    next = (at + 1) % servers.length;
    return servers[at];
  }
}
