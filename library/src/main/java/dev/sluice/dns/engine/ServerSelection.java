package dev.sluice.dns.engine;

import java.net.InetSocketAddress;
import java.util.List;

/** Chooses the server for each try: round robin, servers that fail last. */
final class ServerSelection {
  private final Server[] servers;
  private final NamedServers named;
  private int next;

  ServerSelection(List<InetSocketAddress> addresses) {
    named = new NamedServers(addresses.size());
    servers = new Server[addresses.size()];
    for (int i = 0; i < servers.length; i++) {
      servers[i] = new Server(addresses.get(i), i);
    }
  }

  /** Whether there is a server that this query may ask, and did not ask yet. */
  boolean hasUnasked(Query query) {
    return query.onlyServer() == null && Long.bitCount(query.askedServers) < servers.length;
  }

  /** The server that this query asked last. */
  Server again(Query query) {
    InetSocketAddress only = query.onlyServer();
    Server last = only == null ? query.server : named.at(only);
    if (last == null) {
      throw new IllegalStateException("a response without a server");
    }
    return last;
  }

  /** The server for the next try: the one that the query names, or one of the options. */
  Server choose(Query query) {
    InetSocketAddress only = query.onlyServer();
    return only == null ? chooseAny(query) : named.at(only);
  }

  /**
   * The next server that is trusted and was not asked yet. If there is none: the next one that was
   * not asked yet, else the next trusted one, else the next one.
   */
  private Server chooseAny(Query query) {
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
