package dev.sluice.dns.engine;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses the server of each try: the one that a query names, a trusted one, or any. */
final class Routes {
  private final ServerSelection servers;
  private final ServerSelection trusted;
  private final NamedServers named;

  /** Null where all servers are trusted. */
  final @Nullable Proofs proofs;

  Routes(EngineOptions options) {
    int count = options.servers().size();
    boolean trustsAll = options.trusted().isEmpty();
    servers = new ServerSelection(options.servers(), 0, options.pace(), trustsAll);
    trusted = new ServerSelection(options.trusted(), count, options.pace(), true);
    named = new NamedServers(count + options.trusted().size());
    proofs = trustsAll ? null : new Proofs(servers, trusted, options.types().get(0).code());
  }

  /** The server for the next try; null if it has to wait. */
  @Nullable Server choose(Query query, long now) {
    InetSocketAddress only = query.onlyServer();
    if (only != null) {
      return named.at(only);
    }
    return proofs == null ? servers.choose(query, now) : proofs.choose(query, now);
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

  /** Whether there is a server that this query may ask, and did not ask yet. */
  boolean hasUnasked(Query query) {
    return query.onlyServer() == null
        && (proofs == null ? servers.hasUnasked(query) : proofs.hasUnasked(query));
  }

  /** The nanoseconds until a server may be asked again that may not now. */
  long nanosToNext(long now) {
    return Math.min(servers.nanosToNext(now), trusted.nanosToNext(now));
  }

  /** The servers of the options, and then the trusted ones. */
  List<ServerCounts> counts() {
    return Stream.concat(servers.all().stream(), trusted.all().stream())
        .map(ServerCounts::of)
        .toList();
  }
}
