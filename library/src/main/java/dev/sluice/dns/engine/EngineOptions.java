package dev.sluice.dns.engine;

import dev.sluice.dns.wire.AddressType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How the engine asks.
 *
 * @param servers the servers to ask
 * @param trusted the servers that show which of them tell the truth; empty to trust them all
 * @param timeout of one try
 * @param tries how many tries per type, all servers together
 * @param types the types to ask for, one after the other until there is an address
 * @param pace the bounds of each server
 * @param maxSockets above so many sockets, those that are not in use are closed
 * @param cookies whether queries carry cookies (RFC 7873)
 */
public record EngineOptions(
    List<InetSocketAddress> servers,
    List<InetSocketAddress> trusted,
    Duration timeout,
    int tries,
    List<AddressType> types,
    Pace pace,
    int maxSockets,
    boolean cookies) {

  /**
   * {@return a copy with these servers}
   *
   * @param servers the servers to ask
   */
  public EngineOptions withServers(List<InetSocketAddress> servers) {
    return new EngineOptions(servers, trusted, timeout, tries, types, pace, maxSockets, cookies);
  }

  /**
   * {@return a copy with this number of sockets}
   *
   * @param maxSockets above so many sockets, those that are not in use are closed
   */
  public EngineOptions withMaxSockets(int maxSockets) {
    return new EngineOptions(servers, trusted, timeout, tries, types, pace, maxSockets, cookies);
  }

  /**
   * {@return a copy with these bounds}
   *
   * @param pace the bounds of each server
   */
  public EngineOptions withPace(Pace pace) {
    return new EngineOptions(servers, trusted, timeout, tries, types, pace, maxSockets, cookies);
  }
}
