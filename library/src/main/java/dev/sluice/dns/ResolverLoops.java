package dev.sluice.dns;

import dev.sluice.dns.engine.Engine;
import dev.sluice.dns.engine.EngineOptions;
import dev.sluice.dns.engine.ServerCounts;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The engines of a resolver, one for each loop. With many servers each engine has its share of
 * them; with few, each asks all of them, and has a share of their limits and rates.
 */
final class ResolverLoops {
  /** With fewer servers for each loop, a retry might find no other one. */
  private static final int MIN_SERVERS = 16;

  /** A loop may be ahead of another by so many queries before it hands queries over. */
  private static final int MAX_AHEAD = 64;

  private final List<Engine> engines;

  /** The servers of the options and then the trusted ones. */
  private final List<InetSocketAddress> servers;

  ResolverLoops(DnsOptions options, LongSupplier nanoClock, ThreadFactory threads) {
    servers = Stream.concat(options.servers().stream(), options.trusted().stream()).toList();
    engines =
        IntStream.range(0, options.loops())
            .mapToObj(loop -> new Engine(share(options, loop), nanoClock, threads))
            .toList();
  }

  private static EngineOptions share(DnsOptions options, int loop) {
    int loops = options.loops();
    EngineOptions whole = options.engineOptions();
    EngineOptions all = whole.withMaxSockets(whole.maxSockets() / loops);
    return options.servers().size() >= MIN_SERVERS * loops
        ? all.withServers(everyNth(options.servers(), loop, loops))
        : all.withPace(all.pace().shared(loops));
  }

  private static List<InetSocketAddress> everyNth(
      List<InetSocketAddress> servers, int first, int step) {
    List<InetSocketAddress> share = new ArrayList<>();
    for (int i = first; i < servers.size(); i += step) {
      share.add(servers.get(i));
    }
    return share;
  }

  /**
   * The engine for a query: the one whose loop calls this, because that costs no wake-up, unless it
   * is far ahead of the one that the name's hash chooses.
   */
  Engine engineFor(DomainName name) {
    if (engines.size() == 1) {
      return engines.get(0);
    }
    Engine chosen = engines.get(Math.floorMod(name.value().hashCode(), engines.size()));
    for (Engine engine : engines) {
      if (engine.isLoop() && engine.inFlight() <= 2 * chosen.inFlight() + MAX_AHEAD) {
        return engine;
      }
    }
    return chosen;
  }

  void close() {
    engines.forEach(Engine::close);
  }

  int inFlight() {
    return engines.stream().mapToInt(Engine::inFlight).sum();
  }

  void readClock() {
    engines.forEach(Engine::wakeUp);
  }

  /** What all loops have counted, in the order of the options. */
  List<NameServerStatistics> statistics() {
    Map<InetSocketAddress, ServerCounts> sums = new LinkedHashMap<>();
    servers.forEach(server -> sums.put(server, ServerCounts.none(server)));
    for (Engine engine : engines) {
      engine.counts().forEach(counts -> sums.merge(counts.server(), counts, ServerCounts::plus));
    }
    return sums.values().stream().map(NameServerStatistics::of).toList();
  }
}
