package dev.sluice.dns;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Outcome.Success;
import dev.sluice.Policy;
import dev.sluice.dns.ResolverFleet.Manner;
import dev.sluice.dns.ResolverFleet.Member;
import dev.sluice.dns.ScriptedNameServer.ReceivedQuery;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.observers.TestObserver;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Resolvers with more than one loop. */
class ResolverLoopsTest extends UdpFixture {
  private final Set<String> threads = ConcurrentHashMap.newKeySet();

  @Test
  void manyServersAreSharedOut() {
    lookUp(40);
  }

  @Test
  void fewServersAreAskedByAllLoops() {
    lookUp(1);
  }

  private void lookUp(int servers) {
    try (ResolverFleet fleet = ResolverFleet.of(Collections.nCopies(servers, Manner.HONEST));
        UdpResolver resolver = UdpResolver.of(to(addresses(fleet)).withLoops(2))) {
      Domains.of(resolver, Policy.limit(200).withAttemptTimeout(Policy.FOREVER))
          .probeAll(Flowable.range(0, 5_000).map(i -> "n" + i + ".dev"))
          .doOnNext(outcome -> threads.add(Thread.currentThread().getName()))
          .map(outcome -> outcome instanceof Success)
          .distinct()
          .test()
          .awaitDone(20, SECONDS)
          .assertResult(true);
      assertEquals(
          addresses(fleet),
          resolver.statistics().stream().map(NameServerStatistics::server).toList());
      assertEquals(
          5_000, resolver.statistics().stream().mapToLong(NameServerStatistics::answered).sum());
      assertEquals(0, resolver.inFlight());
      assertTrue(fleet.members().stream().allMatch(member -> member.asked() > 0));
    }
  }

  @Test
  void bothLoopsWorkAndBothAreClosed() {
    Queue<ReceivedQuery> held = new ConcurrentLinkedQueue<>();
    try (ScriptedNameServer server = ScriptedNameServer.answering(held::add)) {
      UdpResolver resolver =
          UdpResolver.withClock(to(List.of(server.address())).withLoops(2), clock::get);
      List<TestObserver<Answer>> all =
          IntStream.range(0, 20)
              .mapToObj(i -> resolver.resolve(DomainName.of("n" + i + ".dev")))
              .map(answer -> answer.doOnError(e -> threads.add(Thread.currentThread().getName())))
              .map(answer -> answer.test())
              .toList();
      Await.until(() -> held.size() == 20, "queries: 20");
      assertEquals(20, resolver.inFlight());
      resolver.close();
      all.forEach(
          observer ->
              await(observer)
                  .assertError(e -> String.valueOf(e.getMessage()).contains("is closed")));
      assertEquals(2, threads.size(), threads::toString);
    }
  }

  @Test
  void limitsAreForAllLoopsTogether() {
    Queue<ReceivedQuery> held = new ConcurrentLinkedQueue<>();
    try (ScriptedNameServer server = ScriptedNameServer.answering(held::add);
        UdpResolver resolver =
            UdpResolver.withClock(
                to(List.of(server.address())).withLoops(2).withLimitPerServer(4), clock::get)) {
      List<TestObserver<Answer>> all =
          IntStream.range(0, 20)
              .mapToObj(i -> resolver.resolve(DomainName.of("n" + i + ".dev")).test())
              .toList();
      awaitAsked(server, 4);
      advance(resolver, 1);
      assertEquals(4, server.asked());
      all.forEach(TestObserver::dispose);
    }
  }

  @Test
  void noLoopIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> DnsOptions.standard().withLoops(0));
    assertThrows(IllegalArgumentException.class, () -> DnsOptions.standard().withLoops(65));
  }

  private static List<InetSocketAddress> addresses(ResolverFleet fleet) {
    return fleet.members().stream().map(Member::address).toList();
  }
}
