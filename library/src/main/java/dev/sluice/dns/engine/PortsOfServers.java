package dev.sluice.dns.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ports of each server, by the server's index. */
final class PortsOfServers {
  private final UdpPorts.Opener opener;
  private final List<@Nullable UdpPorts> ports = new ArrayList<>();

  PortsOfServers(UdpPorts.Opener opener) {
    this.opener = opener;
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
    UdpPorts added = new UdpPorts(server, opener);
    ports.set(server.index, added);
    return added;
  }

  void close() {
    for (UdpPorts each : ports) {
      if (each != null) {
        each.close();
      }
    }
  }
}
