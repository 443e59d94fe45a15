package dev.sluice.dns;

import static java.util.Objects.requireNonNull;

import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.dns.engine.EngineOptions;
import dev.sluice.dns.engine.OpenFiles;
import dev.sluice.dns.engine.Pace;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Options of {@link UdpResolver}.
 *
 * <pre>{@code
 * DnsOptions options = DnsOptions.standard()
 *     .withServers(DnsOptions.parseServers("127.0.0.1:5353", "[::1]:5353"))
 *     .withTimeout(ofSeconds(1));
 * }</pre>
 *
 * @param servers 1 to {@value #MAX_SERVERS} servers; they share the load, and a retry goes to
 *     another one
 * @param timeout of one try; more than {@link Policy#FOREVER} counts as that
 * @param tries how many tries per type, all servers together, 1 or more
 * @param types the types to ask for, one after the other until there is an address
 * @param limitPerServer how many queries may be in flight to each server, 1 or more
 * @param ratePerServer how many queries each server gets in a time; empty for as many as there are
 * @param trusted servers that show which of the others tell the truth, see {@link #withTrusted};
 *     empty to trust all
 * @param loops how many threads send and receive, see {@link #withLoops}
 * @param cookies whether queries carry cookies, see {@link #withCookies}
 */
public record DnsOptions(
    List<InetSocketAddress> servers,
    Duration timeout,
    int tries,
    List<RecordType> types,
    int limitPerServer,
    Optional<Rate> ratePerServer,
    List<InetSocketAddress> trusted,
    int loops,
    boolean cookies) {

  /** The most servers that a resolver can ask. Each has a socket of its own. */
  public static final int MAX_SERVERS = 100_000;

  /** The most loops that a resolver can have. */
  public static final int MAX_LOOPS = 64;

  /**
   * The limit of queries in flight to a server when none is set: the receive buffers bound them.
   */
  public static final int NO_LIMIT = Integer.MAX_VALUE;

  /**
   * Checks and copies the arguments.
   *
   * @param servers 1 to {@value #MAX_SERVERS} resolved addresses
   * @param timeout longer than zero
   * @param tries 1 or more
   * @param types 1 or more
   * @param limitPerServer 1 or more
   * @param ratePerServer a rate, or empty
   * @param trusted resolved addresses, or none
   * @param loops 1 to {@value #MAX_LOOPS}
   * @param cookies whether queries carry cookies
   * @throws IllegalArgumentException an argument is out of range
   */
  public DnsOptions {
    servers = List.copyOf(servers);
    types = List.copyOf(types);
    requireNonNull(timeout, "timeout");
    check(!servers.isEmpty() && servers.size() <= MAX_SERVERS, "servers", servers.size());
    check(servers.stream().noneMatch(InetSocketAddress::isUnresolved), "servers", servers);
    check(!timeout.isNegative() && !timeout.isZero(), "timeout", timeout);
    timeout = timeout.compareTo(Policy.FOREVER) < 0 ? timeout : Policy.FOREVER;
    check(tries >= 1, "tries", tries);
    check(!types.isEmpty(), "types", types);
    check(limitPerServer >= 1, "limitPerServer", limitPerServer);
    requireNonNull(ratePerServer, "ratePerServer");
    trusted = List.copyOf(trusted);
    check(trusted.stream().noneMatch(InetSocketAddress::isUnresolved), "trusted", trusted);
    check(loops >= 1 && loops <= MAX_LOOPS, "loops", loops);
  }

  /**
   * Options without bounds for each server.
   *
   * @param servers 1 to {@value #MAX_SERVERS} resolved addresses
   * @param timeout longer than zero
   * @param tries 1 or more
   * @param types 1 or more
   */
  public DnsOptions(
      List<InetSocketAddress> servers, Duration timeout, int tries, List<RecordType> types) {
    this(servers, timeout, tries, types, NO_LIMIT, Optional.empty(), List.of(), 1, false);
  }

  EngineOptions engineOptions() {
    return new EngineOptions(
        servers,
        trusted,
        timeout,
        tries,
        types.stream().map(RecordType::addressType).toList(),
        pace(),
        OpenFiles.maxSockets(),
        cookies);
  }

  private Pace pace() {
    long interval = ratePerServer.map(rate -> rate.withBurst(1).timeFor(2).toNanos()).orElse(0L);
    return new Pace(limitPerServer, interval, ratePerServer.map(Rate::burst).orElse(1));
  }

  private static void check(boolean good, String name, Object value) {
    if (!good) {
      throw new IllegalArgumentException(name + ": " + value);
    }
  }

  /**
   * {@return the servers of {@code /etc/resolv.conf} (127.0.0.1 if it names none), a timeout of 2
   * s, 3 tries, A and then AAAA}
   */
  public static DnsOptions standard() {
    return new DnsOptions(
        ServerAddress.ofSystem(), Duration.ofSeconds(2), 3, List.of(RecordType.A, RecordType.AAAA));
  }

  /**
   * {@return the addresses of servers}
   *
   * @param texts each {@code host}, {@code host:port}, {@code v6} or {@code [v6]:port}; port 53
   *     unless given
   * @throws IllegalArgumentException a text is no address of a server
   */
  public static List<InetSocketAddress> parseServers(String... texts) {
    return List.of(texts).stream().map(ServerAddress::parse).toList();
  }

  /**
   * {@return a server as a text: {@code 192.0.2.1:53}, {@code [::1]:53}, or {@code host:853} if its
   * name was not looked up}
   *
   * @param server such as the server of an answer
   */
  public static String serverText(InetSocketAddress server) {
    return ServerAddress.text(server);
  }

  /**
   * {@return a copy with these servers}
   *
   * @param servers 1 to {@value #MAX_SERVERS} resolved addresses
   */
  public DnsOptions withServers(List<InetSocketAddress> servers) {
    return new DnsOptions(
        servers, timeout, tries, types, limitPerServer, ratePerServer, trusted, loops, cookies);
  }

  /**
   * {@return a copy with this timeout}
   *
   * @param timeout of one try
   */
  public DnsOptions withTimeout(Duration timeout) {
    return new DnsOptions(
        servers, timeout, tries, types, limitPerServer, ratePerServer, trusted, loops, cookies);
  }

  /**
   * {@return a copy with this number of tries}
   *
   * @param tries how many tries per type, all servers together, 1 or more
   */
  public DnsOptions withTries(int tries) {
    return new DnsOptions(
        servers, timeout, tries, types, limitPerServer, ratePerServer, trusted, loops, cookies);
  }

  /**
   * {@return a copy with these types}
   *
   * @param types the types to ask for, one after the other until there is an address
   */
  public DnsOptions withTypes(List<RecordType> types) {
    return new DnsOptions(
        servers, timeout, tries, types, limitPerServer, ratePerServer, trusted, loops, cookies);
  }

  /**
   * {@return a copy with this limit of queries in flight to each server}
   *
   * @param limitPerServer 1 or more
   */
  public DnsOptions withLimitPerServer(int limitPerServer) {
    return new DnsOptions(
        servers, timeout, tries, types, limitPerServer, ratePerServer, trusted, loops, cookies);
  }

  /**
   * {@return a copy with this rate of queries to each server; queries wait while no server may be
   * asked}
   *
   * @param rate how many queries each server gets in a time
   */
  public DnsOptions withRatePerServer(Rate rate) {
    return new DnsOptions(
        servers, timeout, tries, types, limitPerServer, Optional.of(rate), trusted, loops, cookies);
  }

  /**
   * {@return a copy that trusts these servers, and the others only as far as they agree}
   *
   * <p>A server has to pass two canaries before an answer of it is handed on: a name that does not
   * exist (random letters under a parent of the names that are looked up), and one that does. The
   * trusted servers know both, from the first names that are looked up. Of every 32 answers one is
   * checked by the trusted servers before it is handed on, and so is each name that one server has
   * found and another denies. A server that finds what does not exist, or denies what does, is
   * dropped; so is one that eight times in a row has none of the addresses that the trusted servers
   * have, or three times before it was believed. What it said and was not handed on yet is asked
   * again.
   *
   * <p>So a server that lies about all names that do not exist, or about all that do, or about all
   * addresses, has no answer handed on. One that denies or finds some names only, or begins to, is
   * dropped after 32 such lies on average, and those have been handed on. One that begins to give
   * wrong addresses is dropped after some 256 of them. Answers of the trusted servers are taken as
   * true.
   *
   * <p>A server that answers, and then refuses, gets 40 queries a second, and fewer if it refuses
   * again. After two failures of servers the trusted ones are asked. Questions for records are
   * asked of the trusted servers only.
   *
   * @param trusted resolved addresses; none to trust all servers
   */
  public DnsOptions withTrusted(List<InetSocketAddress> trusted) {
    return new DnsOptions(
        servers, timeout, tries, types, limitPerServer, ratePerServer, trusted, loops, cookies);
  }

  /**
   * {@return a copy with so many loops: threads that each send, receive, and hand results on}
   *
   * <p>Of 16 servers or more for each loop, each loop has its share; fewer are asked by all loops,
   * which share their limits and rates. More loops than free cores are of no use. Results of one
   * stream come on several threads then, one at a time.
   *
   * @param loops 1 to {@value #MAX_LOOPS}
   */
  public DnsOptions withLoops(int loops) {
    return new DnsOptions(
        servers, timeout, tries, types, limitPerServer, ratePerServer, trusted, loops, cookies);
  }

  /**
   * {@return a copy whose queries carry cookies (RFC 7873, RFC 9018)}
   *
   * <p>Each server has a random cookie of its own, which is made anew in each run and for each new
   * address of this machine. A response with another cookie is ignored, so that it cannot be forged
   * without seeing the query. What a server adds to the cookie is returned with the next query;
   * some servers limit the rate of clients less that return it. From a server that has added
   * something, a response without a cookie is not used, and the query is asked by TCP. So is one
   * that was refused twice for its cookie (BADCOOKIE).
   */
  public DnsOptions withCookies() {
    return new DnsOptions(
        servers, timeout, tries, types, limitPerServer, ratePerServer, trusted, loops, true);
  }
}
