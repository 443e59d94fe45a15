package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import dev.sluice.dns.engine.EngineOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How the UDP resolver asks.
 *
 * <pre>{@code
 * DnsOptions options = DnsOptions.standard()
 *     .withServers(DnsOptions.parseServers("127.0.0.1:5353", "[::1]:5353"))
 *     .withTimeout(ofSeconds(1));
 * }</pre>
 *
 * @param servers whom to ask, 1 to {@value #MAX_SERVERS}; they share the load, and a retry goes to
 *     another one
 * @param timeout of one try
 * @param tries how many, all servers together, 1 or more
 * @param types what to ask for, one after the other until there is an address
 */
public record DnsOptions(
    List<InetSocketAddress> servers, Duration timeout, int tries, List<RecordType> types) {

  /** No more servers than this. */
  public static final int MAX_SERVERS = 64;

  /**
   * Refuses what cannot be asked.
   *
   * @param servers {@link #servers()}
   * @param timeout {@link #timeout()}
   * @param tries {@link #tries()}
   * @param types {@link #types()}
   */
  public DnsOptions {
    servers = List.copyOf(servers);
    types = List.copyOf(types);
    requireNonNull(timeout, "timeout");
    check(!servers.isEmpty() && servers.size() <= MAX_SERVERS, "servers", servers);
    check(servers.stream().noneMatch(InetSocketAddress::isUnresolved), "servers", servers);
    check(!timeout.isNegative() && !timeout.isZero(), "timeout", timeout);
    timeout = timeout.compareTo(Policy.FOREVER) < 0 ? timeout : Policy.FOREVER;
    check(tries >= 1, "tries", tries);
    check(!types.isEmpty(), "types", types);
  }

  EngineOptions engineOptions() {
    return new EngineOptions(
        servers, timeout, tries, types.stream().map(RecordType::addressType).toList());
  }

  private static void check(boolean good, String name, Object value) {
    if (!good) {
      throw new IllegalArgumentException(name + ": " + value);
    }
  }

  /**
   * {@return the servers of {@code /etc/resolv.conf} (127.0.0.1 when it names none), 2 s for a try,
   * 3 tries, A and then AAAA}
   */
  public static DnsOptions standard() {
    return new DnsOptions(
        ServerAddress.ofSystem(), Duration.ofSeconds(2), 3, List.of(RecordType.A, RecordType.AAAA));
  }

  /**
   * {@return server addresses as people write them}
   *
   * @param texts each {@code host}, {@code host:port}, {@code v6} or {@code [v6]:port}; port 53
   *     unless given
   */
  public static List<InetSocketAddress> parseServers(String... texts) {
    return List.of(texts).stream().map(ServerAddress::parse).toList();
  }

  /**
   * {@return a copy with these servers}
   *
   * @param servers whom to ask
   */
  public DnsOptions withServers(List<InetSocketAddress> servers) {
    return new DnsOptions(servers, timeout, tries, types);
  }

  /**
   * {@return a copy with this timeout}
   *
   * @param timeout of one try
   */
  public DnsOptions withTimeout(Duration timeout) {
    return new DnsOptions(servers, timeout, tries, types);
  }

  /**
   * {@return a copy with so many tries}
   *
   * @param tries how many, all servers together, 1 or more
   */
  public DnsOptions withTries(int tries) {
    return new DnsOptions(servers, timeout, tries, types);
  }

  /**
   * {@return a copy that asks for these}
   *
   * @param types what to ask for, one after the other until there is an address
   */
  public DnsOptions withTypes(List<RecordType> types) {
    return new DnsOptions(servers, timeout, tries, types);
  }
}
