package dev.sluice.dns;

import static dev.sluice.dns.wire.Packets.NXDOMAIN;
import static dev.sluice.dns.wire.Packets.REFUSED;
import static dev.sluice.dns.wire.Packets.SERVFAIL;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Rate;
import dev.sluice.dns.DnsException.Reason;
import dev.sluice.dns.ScriptedNameServer.ReceivedQuery;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More servers than bits in a long, their bounds and their statistics. */
class ManyServersTest extends UdpFixture {
  private static final int MANY = 150;

  private final List<ScriptedNameServer> servers = new ArrayList<>();
  private final Queue<ReceivedQuery> held = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    servers.forEach(ScriptedNameServer::close);
  }

  @Test
  void allServersShareTheLoad() {
    start(MANY, received -> received.reply(NXDOMAIN));
    try (UdpResolver resolver = UdpResolver.withClock(to(addresses()), clock::get)) {
      probe(resolver, 4 * MANY);
      servers.forEach(server -> assertEquals(4, server.asked()));
      resolver.statistics().forEach(each -> assertEquals(4, each.answered()));
      assertEquals(
          addresses(), resolver.statistics().stream().map(NameServerStatistics::server).toList());
    }
  }

  @Test
  void aQueryIsAskedOfEachServerOnce() {
    start(MANY, received -> received.reply(SERVFAIL));
    DnsOptions options = to(addresses()).withTries(60);
    try (UdpResolver resolver = UdpResolver.withClock(options, clock::get)) {
      assertFailed(ask(resolver), Reason.SERVFAIL, "60 tries");
      assertEquals(60, servers.stream().filter(server -> server.asked() == 1).count());
      assertEquals(60, servers.stream().mapToInt(ScriptedNameServer::asked).sum());
    }
  }

  @Test
  void moreTriesThanBitsAreMade() {
    start(66, received -> received.reply(SERVFAIL));
    try (UdpResolver resolver = UdpResolver.withClock(to(addresses()).withTries(100), clock::get)) {
      assertFailed(ask(resolver), Reason.SERVFAIL, "100 tries");
      assertTrue(servers.stream().allMatch(server -> server.asked() <= 3));
    }
  }

  @Test
  void serversThatFailAreAskedEverLessOften() {
    start(1, received -> received.reply(REFUSED));
    start(MANY - 1, received -> received.reply(NXDOMAIN));
    try (UdpResolver resolver = UdpResolver.withClock(to(addresses()), clock::get)) {
      // Eight turns of the server, 64 turns of rest, and then twice as many.
      probe(resolver, 9 * MANY);
      assertEquals(8, servers.get(0).asked());
      probe(resolver, 70 * MANY);
      assertEquals(9, servers.get(0).asked());
      probe(resolver, 70 * MANY);
      assertEquals(9, servers.get(0).asked());
      probe(resolver, 70 * MANY);
      assertEquals(10, servers.get(0).asked());
      assertEquals(10, resolver.statistics().get(0).refused());
    }
  }

  @Test
  void noServerHasMoreQueriesInFlightThanItsLimit() {
    start(2, held::add);
    DnsOptions options = to(addresses()).withLimitPerServer(3);
    try (UdpResolver resolver = UdpResolver.withClock(options, clock::get)) {
      List<TestObserver<Answer>> all =
          Stream.generate(() -> resolver.resolve(NAME).test()).limit(10).toList();
      Await.until(() -> held.size() == 6, "in flight: 6");
      for (int answered = 0; answered < 10; answered++) {
        Await.until(() -> !held.isEmpty(), "a query");
        found(held.remove());
        resolver
            .statistics()
            .forEach(each -> assertTrue(each.asked() - each.answered() <= 3, each::toString));
      }
      all.forEach(observer -> await(observer).assertValueCount(1));
    }
  }

  @Test
  void noServerIsAskedFasterThanItsRate() {
    start(2, ReceivedQuery::found);
    DnsOptions options =
        to(addresses())
            .withRatePerServer(Rate.perSecond(1).withBurst(2))
            .withTimeout(Duration.ofHours(1));
    try (UdpResolver resolver = UdpResolver.withClock(options, clock::get)) {
      List<TestObserver<Answer>> all =
          Stream.generate(() -> resolver.resolve(NAME).test()).limit(8).toList();
      servers.forEach(server -> awaitAsked(server, 2));
      advance(resolver, 1);
      servers.forEach(server -> assertEquals(2, server.asked()));
      advance(resolver, 1);
      servers.forEach(server -> awaitAsked(server, 3));
      advance(resolver, 2);
      servers.forEach(server -> awaitAsked(server, 4));
      all.forEach(observer -> await(observer).assertValueCount(1));
    }
  }

  @Test
  void lostAndLateAnswersAreCounted() {
    start(2, held::add);
    DnsOptions options = to(addresses()).withTries(2);
    try (UdpResolver resolver = UdpResolver.withClock(options, clock::get)) {
      TestObserver<Answer> observer = resolver.resolve(NAME).test();
      Await.until(() -> held.size() == 1, "the first query");
      advance(resolver, 2);
      Await.until(() -> held.size() == 2, "the second query");
      found(held.remove());
      Await.until(() -> resolver.statistics().get(0).late() == 1, "late");
      advance(resolver, 2);
      assertFailed(await(observer), Reason.TIMEOUT, "2 tries");
      assertEquals(1, resolver.statistics().get(1).lost());
      NameServerStatistics counted = resolver.statistics().get(0);
      assertEquals(
          new NameServerStatistics(servers.get(0).address(), 1, 0, 0, 0, 1, 0, 0), counted);
    }
  }

  private void start(int count, ScriptedNameServer.Script script) {
    IntStream.range(0, count).forEach(i -> servers.add(ScriptedNameServer.answering(script)));
  }

  private List<InetSocketAddress> addresses() {
    return servers.stream().map(ScriptedNameServer::address).toList();
  }

  /** One name after the other. */
  private static void probe(UdpResolver resolver, int count) {
    Flowable.range(0, count)
        .concatMapMaybe(i -> resolver.resolve(NAME))
        .test()
        .awaitDone(30, SECONDS)
        .assertComplete();
  }

  private static void found(ReceivedQuery received) {
    try {
      received.found();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
