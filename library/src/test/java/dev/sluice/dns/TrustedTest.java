package dev.sluice.dns;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Outcome;
import dev.sluice.Outcome.NotFound;
import dev.sluice.Outcome.Success;
import dev.sluice.Policy;
import dev.sluice.dns.ResolverFleet.Manner;
import dev.sluice.dns.ResolverFleet.Member;
import io.reactivex.rxjava3.core.Flowable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Servers that lie, refuse, are slow or silent, and a trusted set that shows which. */
class TrustedTest {
  private static final int NAMES = 6_000;

  @Test
  void everyAnswerIsRightWithThirtyBadServersOfAHundred() {
    List<Manner> manners = new ArrayList<>(Collections.nCopies(140, Manner.HONEST));
    for (Manner bad : Manner.values()) {
      manners.addAll(Collections.nCopies(bad == Manner.HONEST ? 0 : 9, bad));
    }
    Collections.shuffle(manners, new Random(7));
    try (ResolverFleet trusted = honest(2);
        ResolverFleet fleet = ResolverFleet.of(manners);
        UdpResolver resolver = resolver(fleet, trusted)) {
      assertEquals(0, wrong(resolver, NAMES, 300));
      double asked = sum(resolver, NameServerStatistics::asked);
      assertTrue(asked / NAMES <= 1.2, "questions a name: " + asked / NAMES);
      assertTrue(trusted.asked() < NAMES / 10, "trusted: " + trusted.asked());
      long lied = sum(resolver, NameServerStatistics::lied);
      // On a loaded machine the others answer the last names before each liar has had its turn.
      for (int more = 0; lied < 18 && more < 50; more++) {
        assertEquals(0, wrong(resolver, 300, 300));
        lied = sum(resolver, NameServerStatistics::lied);
      }
      assertTrue(lied >= 18 && lied <= 27, "liars: " + lied);
      assertEquals(
          Stream.concat(addresses(fleet).stream(), addresses(trusted).stream()).toList(),
          resolver.statistics().stream().map(NameServerStatistics::server).toList());
    }
  }

  private static long sum(UdpResolver resolver, ToLongFunction<NameServerStatistics> count) {
    return resolver.statistics().stream().mapToLong(count).sum();
  }

  @Test
  void aServerThatBeginsToLieIsDropped() {
    try (ResolverFleet trusted = honest(1);
        ResolverFleet fleet = honest(5);
        UdpResolver resolver = resolver(fleet, trusted)) {
      assertEquals(0, wrong(resolver, 1_000, 100));
      Member liar = fleet.members().get(0);
      liar.become(Manner.CENSORS);
      int wrong = wrong(resolver, 5_000, 100);
      assertTrue(wrong < 500, "wrong: " + wrong);
      assertEquals(1, resolver.statistics().get(0).lied());
      int asked = liar.asked();
      assertEquals(0, wrong(resolver, 1_000, 100));
      assertEquals(asked, liar.asked());
    }
  }

  @Test
  void withLiarsOnlyTheTrustedServersAnswer() {
    List<Manner> liars =
        List.of(Manner.ADVERTISES, Manner.CENSORS, Manner.MISDIRECTS, Manner.SERVFAIL);
    try (ResolverFleet trusted = honest(1);
        ResolverFleet fleet = ResolverFleet.of(liars);
        UdpResolver resolver = resolver(fleet, trusted)) {
      assertEquals(0, wrong(resolver, 500, 50));
      assertEquals(
          // No server confirms the addresses of a canary, so other ones are no proof of a lie.
          List.of(1L, 1L, 0L, 0L, 0L),
          resolver.statistics().stream().map(NameServerStatistics::lied).toList());
    }
  }

  @Test
  void withoutANameThatHasAnAddressTheParentIsTheCanary() {
    try (ResolverFleet trusted = honest(1);
        ResolverFleet fleet =
            ResolverFleet.of(List.of(Manner.HONEST, Manner.CENSORS, Manner.ADVERTISES));
        UdpResolver resolver =
            UdpResolver.of(
                options(fleet, trusted).withTypes(List.of(RecordType.A, RecordType.AAAA)))) {
      Domains.of(resolver, Policy.limit(20).withAttemptTimeout(Policy.FOREVER))
          .probeAll(Flowable.range(0, 1_000).map(i -> "none-" + letters(i) + ".dev"))
          .map(outcome -> outcome instanceof NotFound)
          .distinct()
          .test()
          .awaitDone(20, SECONDS)
          .assertResult(true);
      assertTrue(fleet.members().get(0).asked() > 400, "asked: " + fleet.members().get(0).asked());
      assertEquals(1, resolver.statistics().get(2).lied());
    }
  }

  @Test
  void addressesThatDependOnTheServerAreNoLie() {
    try (ResolverFleet trusted = honest(1);
        ResolverFleet fleet = honest(20);
        UdpResolver resolver = resolver(fleet, trusted)) {
      Domains.of(resolver, Policy.limit(50).withAttemptTimeout(Policy.FOREVER))
          .probeAll(Flowable.range(0, 5_000).map(i -> (i % 3 == 0 ? "cdn" : "n") + i + ".dev"))
          .map(outcome -> outcome instanceof Success)
          .distinct()
          .test()
          .awaitDone(20, SECONDS)
          .assertResult(true);
      assertEquals(0, sum(resolver, NameServerStatistics::lied));
      assertTrue(fleet.members().stream().allMatch(member -> member.asked() > 20));
    }
  }

  @Test
  void oneNameAtATimeIsAnsweredToo() {
    try (ResolverFleet trusted = honest(1);
        ResolverFleet fleet = honest(3);
        UdpResolver resolver = resolver(fleet, trusted)) {
      assertEquals(0, wrong(resolver, 200, 1));
      assertTrue(fleet.asked() > 100, "asked: " + fleet.asked());
    }
  }

  @Test
  void serversThatWereProvenAnswerWhileTheTrustedOnesAreDown() {
    try (ResolverFleet trusted = honest(1);
        ResolverFleet fleet = honest(5);
        UdpResolver resolver = resolver(fleet, trusted)) {
      assertEquals(0, wrong(resolver, 500, 50));
      trusted.members().get(0).become(Manner.SERVFAIL);
      assertEquals(0, wrong(resolver, 2_000, 50));
    }
  }

  @Test
  void aDeadTrustedSetIsAFailureAtFirst() {
    try (ResolverFleet trusted = ResolverFleet.of(List.of(Manner.SERVFAIL));
        ResolverFleet fleet = honest(3);
        UdpResolver resolver = resolver(fleet, trusted)) {
      resolver
          .resolve(DomainName.of("n1.dev"))
          .test()
          .awaitDone(10, SECONDS)
          .assertError(DnsException.class);
      assertEquals(0, fleet.asked());
    }
  }

  private static ResolverFleet honest(int count) {
    return ResolverFleet.of(Collections.nCopies(count, Manner.HONEST));
  }

  private static UdpResolver resolver(ResolverFleet fleet, ResolverFleet trusted) {
    return UdpResolver.of(options(fleet, trusted));
  }

  private static DnsOptions options(ResolverFleet fleet, ResolverFleet trusted) {
    return DnsOptions.standard()
        .withServers(addresses(fleet))
        .withTrusted(addresses(trusted))
        .withTypes(List.of(RecordType.A))
        .withTimeout(Duration.ofSeconds(1));
  }

  private static List<InetSocketAddress> addresses(ResolverFleet fleet) {
    return fleet.members().stream().map(Member::address).toList();
  }

  /** Looks up names, half of which exist, and counts the outcomes that are not the truth. */
  private static int wrong(UdpResolver resolver, int count, int atOnce) {
    Policy policy = Policy.limit(atOnce).withAttemptTimeout(Policy.FOREVER);
    List<Outcome<String, Answer>> outcomes =
        Domains.of(resolver, policy)
            .probeAll(Flowable.range(0, count).map(TrustedTest::name))
            .toList()
            .test()
            .awaitDone(50, SECONDS)
            .assertComplete()
            .values()
            .get(0);
    assertEquals(count, outcomes.size());
    return (int) Stream.of(outcomes).flatMap(List::stream).filter(it -> !isRight(it)).count();
  }

  private static String name(int i) {
    return i % 2 == 0 ? "n" + i + ".dev" : "none-" + letters(i) + ".dev";
  }

  private static String letters(int number) {
    return Integer.toString(number, 26)
        .chars()
        .map(c -> c <= '9' ? 'q' + c - '0' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isRight(Outcome<String, Answer> outcome) {
    return ResolverFleet.exists(outcome.key())
        ? outcome instanceof Success<String, Answer> success
            && Arrays.equals(
                success.value().addresses().get(0).getAddress(),
                ResolverFleet.address(outcome.key()))
        : outcome instanceof NotFound;
  }
}
