package dev.sluice.domains;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.dns.DnsRecord;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.RecordAnswer;
import dev.sluice.dns.RecordKind;
import dev.sluice.dns.RecordSource;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the name servers of zones: their NS records, and the addresses of these. Remembers a zone
 * for an hour, and no failure.
 */
final class ZoneServers {
  private static final long MAX_AGE_NANOS = HOURS.toNanos(1);

  /** More zones than there are public suffixes are typing errors; they are forgotten. */
  private static final int MOST_ZONES = 20_000;

  private static final int NAMES_LOOKED_UP = 4;

  private record Known(Single<Zone> zone, long since) {}

  private final RecordSource records;
  private final int port;
  private final Scheduler timer;
  private final Map<DomainName, Known> known = new ConcurrentHashMap<>();

  ZoneServers(RecordSource records, int port, Scheduler timer) {
    this.records = records;
    this.port = port;
    this.timer = timer;
  }

  /**
   * The zone that has a name such as {@code co.uk}: itself, or the one above that it is part of.
   */
  Single<Zone> of(DomainName suffix) {
    return Single.defer(
        () -> {
          long now = timer.now(NANOSECONDS);
          Known present = known.get(suffix);
          return present != null && now - present.since() < MAX_AGE_NANOS
              ? present.zone()
              : found(suffix, now);
        });
  }

  private Single<Zone> found(DomainName suffix, long now) {
    if (known.size() >= MOST_ZONES) {
      known.clear();
    }
    // Shared by the names that wait for it; a failure is forgotten.
    Single<Zone> zone =
        Single.defer(() -> zone(suffix)).doOnError(e -> known.remove(suffix)).cache();
    known.put(suffix, new Known(zone, now));
    return zone;
  }

  private Single<Zone> zone(DomainName name) {
    return records.query(name, RecordKind.NS).flatMap(answer -> zone(name, answer));
  }

  private Single<Zone> zone(DomainName name, RecordAnswer answer) throws IOException {
    List<String> servers =
        answer.answers().stream()
            .filter(record -> record.name().equals(name.value()))
            .filter(DnsRecord.Ns.class::isInstance)
            .map(record -> ((DnsRecord.Ns) record).server())
            .toList();
    if (servers.isEmpty()) {
      return zone(above(name, answer));
    }
    List<String> some = new ArrayList<>(servers);
    Collections.shuffle(some);
    return Flowable.fromIterable(some)
        .concatMapMaybe(this::address)
        .take(NAMES_LOOKED_UP)
        .toList()
        .map(addresses -> zone(name, addresses));
  }

  private static Zone zone(DomainName name, List<InetSocketAddress> addresses) throws IOException {
    if (addresses.isEmpty()) {
      throw new IOException(name + ": no name server of the zone has an address");
    }
    return new Zone(name, addresses);
  }

  /** The start of the zone that a name without NS records is part of. */
  private static DomainName above(DomainName name, RecordAnswer answer) throws IOException {
    String start = answer.soa().map(DnsRecord.Soa::name).orElse(".");
    if (answer.isNoName() || !name.value().endsWith("." + start)) {
      throw new IOException(name + ": no zone of this name");
    }
    return DomainName.of(start);
  }

  /** An address of a server; empty if it has none, or none can be had: another server may do. */
  private Maybe<InetSocketAddress> address(String server) {
    DomainName name;
    try {
      name = DomainName.of(server);
    } catch (IllegalArgumentException e) {
      return Maybe.empty();
    }
    return address(name, RecordKind.A)
        .switchIfEmpty(Maybe.defer(() -> address(name, RecordKind.AAAA)));
  }

  private Maybe<InetSocketAddress> address(DomainName server, RecordKind kind) {
    return records
        .query(server, kind)
        .flatMapMaybe(answer -> Maybe.fromOptional(address(answer)))
        .onErrorResumeNext(e -> e instanceof IOException ? Maybe.empty() : Maybe.error(e))
        .map(address -> new InetSocketAddress(address, port));
  }

  private static Optional<InetAddress> address(RecordAnswer answer) {
    for (DnsRecord record : answer.records()) {
      if (record instanceof DnsRecord.A a) {
        return Optional.of(a.address());
      }
      if (record instanceof DnsRecord.Aaaa aaaa) {
        return Optional.of(aaaa.address());
      }
    }
    return Optional.empty();
  }
}
