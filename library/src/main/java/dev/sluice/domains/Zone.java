package dev.sluice.domains;

import dev.sluice.dns.DomainName;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A zone and the addresses of its name servers, which take turns. */
final class Zone {
  private final DomainName name;
  private final List<InetSocketAddress> servers;
  private final AtomicInteger turn = new AtomicInteger();

  Zone(DomainName name, List<InetSocketAddress> servers) {
    this.name = name;
    this.servers = List.copyOf(servers);
  }

  DomainName name() {
    return name;
  }

  /** So many servers at most; the next call begins with the next one. */
  List<InetSocketAddress> inTurn(int most) {
    int first = Math.floorMod(turn.getAndIncrement(), servers.size());
    return IntStream.range(0, Math.min(most, servers.size()))
        .mapToObj(i -> servers.get((first + i) % servers.size()))
        .toList();
  }
}
