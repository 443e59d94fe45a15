package dev.sluice.dns;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** The servers of a list, asked in turn. */
final class ServerSelection {
  private final Server[] servers;
  private int turn;

  ServerSelection(List<InetSocketAddress> addresses) {
    servers = new Server[addresses.size()];
    for (int i = 0; i < servers.length; i++) {
      servers[i] = new Server(addresses.get(i), i);
    }
  }

  boolean hasUnasked(long asked) {
    return Long.bitCount(asked) < servers.length;
  }

  /** The next one that was not asked yet and does well; then one of those; then any. */
  Server next(long asked) {
    if (servers.length == 1) {
      return servers[0];
    }
    int firstUnasked = -1;
    int firstTrusted = -1;
    for (int i = 0; i < servers.length; i++) {
      int at = (turn + i) % servers.length;
      boolean unasked = ((asked >>> at) & 1) == 0;
      boolean trusted = servers[at].isTrusted();
      if (unasked && trusted) {
        return pick(at);
      }
      firstUnasked = firstUnasked < 0 && unasked ? at : firstUnasked;
      firstTrusted = firstTrusted < 0 && trusted ? at : firstTrusted;
    }
    return pick(firstUnasked >= 0 ? firstUnasked : firstTrusted >= 0 ? firstTrusted : turn);
  }

  private Server pick(int at) {
    turn = (at + 1) % servers.length;
    return servers[at];
  }

  void close() {
    for (Server server : servers) {
      for (UdpPort port : server.ports) {
        close(port);
      }
    }
  }

  private static void close(UdpPort port) {
    try {
      port.close();
    } catch (IOException e) {
      RxJavaPlugins.onError(e);
    }
  }
}
