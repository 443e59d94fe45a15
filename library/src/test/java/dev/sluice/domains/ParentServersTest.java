package dev.sluice.domains;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.IoSchedulers;
import dev.sluice.Policy;
import dev.sluice.dns.DnsException;
import dev.sluice.dns.DnsRecord;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.HttpsResolver;
import dev.sluice.dns.RecordAnswer;
import dev.sluice.dns.RecordAnswer.Code;
import dev.sluice.dns.RecordKind;
import dev.sluice.dns.RecordQuestion;
import dev.sluice.dns.RecordSource;
import dev.sluice.dns.TlsResolver;
import dev.sluice.domains.Evidence.Source;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which answers of the parent zone's servers prove something. */
class ParentServersTest {
  private static final DomainName NAME = DomainName.of("await.dev");
  private static final InetSocketAddress RESOLVER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

  /** Every question for the zone's own records. */
  private final List<String> lookups = new ArrayList<>();

  /** What the servers of the zone say, one after the other; the last one repeatedly. */
  private final Deque<Single<RecordAnswer>> said = new ArrayDeque<>();

  private final List<InetSocketAddress> asked = new ArrayList<>();

  private final RecordSource records =
      question -> {
        if (question.server().isPresent()) {
          asked.add(question.server().get());
          Single<RecordAnswer> next = said.size() > 1 ? said.remove() : said.getFirst();
          return next;
        }
        lookups.add(question.name() + " " + question.kind());
        return Single.just(lookup(question));
      };

  /** What the resolver says: the servers of dev, and their addresses. */
  private static RecordAnswer lookup(RecordQuestion question) {
    String name = question.name().value();
    List<DnsRecord> found =
        switch (name + " " + question.kind()) {
          case "dev NS" -> List.of(ns("dev", "ns1.dev"), ns("dev", "ns2.dev"), ns("dev", "v6.dev"));
          case "uk NS" -> List.of(ns("uk", "ns1.uk"));
          case "ns1.dev A", "ns2.dev A", "ns1.uk A" ->
              List.of(new DnsRecord.A(name, ttl(), address(name.startsWith("ns1") ? 1 : 2)));
          case "v6.dev AAAA" -> List.of(new DnsRecord.Aaaa(name, ttl(), address(3)));
          default -> List.of();
        };
    boolean isMissing = name.equals("missing");
    List<DnsRecord> soa = name.equals("co.uk") ? List.of(soa("uk")) : List.of();
    return answer(question, isMissing ? Code.NXDOMAIN : Code.NOERROR, false, found, soa, RESOLVER);
  }

  private static Duration ttl() {
    return Duration.ofHours(1);
  }

  private static DnsRecord ns(String zone, String server) {
    return new DnsRecord.Ns(zone, ttl(), server);
  }

  private static DnsRecord soa(String zone) {
    return new DnsRecord.Soa(
        zone, ttl(), "ns1." + zone, "a." + zone, 1, ttl(), ttl(), ttl(), ttl());
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static RecordAnswer answer(
      RecordQuestion question,
      Code code,
      boolean authoritative,
      List<DnsRecord> answers,
      List<DnsRecord> authority,
      InetSocketAddress server) {
    return new RecordAnswer(question, code, authoritative, answers, authority, server);
  }

  private static Single<RecordAnswer> says(
      Code code, boolean authoritative, List<DnsRecord> answers, DnsRecord... authority) {
    RecordQuestion question = new RecordQuestion(NAME, RecordKind.NS, Optional.of(RESOLVER));
    return Single.just(
        answer(question, code, authoritative, answers, List.of(authority), RESOLVER));
  }

  private static Single<RecordAnswer> fails(DnsException.Reason reason) {
    return Single.error(new DnsException(reason, "await.dev NS: " + reason, null));
  }

  private Evidence evidence(List<Single<RecordAnswer>> answers) {
    said.clear();
    said.addAll(answers);
    return evidence(ParentServers.of(records).withPort(5300), NAME);
  }

  /** What the last server said that was asked. */
  private static Evidence evidence(ParentServers parents, DomainName name) {
    List<Evidence> all = parents.ask(name).test().awaitDone(10, SECONDS).assertComplete().values();
    assertTrue(
        all.subList(0, all.size() - 1).stream()
            .allMatch(each -> each.finding() == Finding.NO_ANSWER));
    return all.get(all.size() - 1);
  }

  private void proves(Finding finding, String answer, Single<RecordAnswer> one) {
    Evidence evidence = evidence(List.of(one));
    assertEquals(finding, evidence.finding());
    assertEquals(answer + ", for dev", evidence.answer());
    assertEquals("127.0.0.1:53", evidence.server());
    assertEquals("await.dev NS", evidence.question());
    assertEquals(Source.PARENT, evidence.source());
  }

  private void provesNothing(String answer, Single<RecordAnswer> one) {
    asked.clear();
    Evidence evidence = evidence(List.of(one));
    assertEquals(Finding.NO_ANSWER, evidence.finding(), answer);
    assertTrue(evidence.answer().startsWith(answer), evidence.answer());
    assertEquals(3, asked.stream().distinct().count(), "three servers are asked");
  }

  @Test
  void aReferralToItsServersIsADelegation() {
    proves(
        Finding.DELEGATED,
        "delegates to ns1.await.dev. ns2.elsewhere.org.",
        says(
            Code.NOERROR,
            false,
            List.of(),
            ns("await.dev", "ns1.await.dev"),
            ns("await.dev", "ns2.elsewhere.org")));
  }

  /** Servers of some registries set the AA bit in their referrals. */
  @Test
  void aReferralWithAuthorityIsADelegation() {
    proves(
        Finding.DELEGATED,
        "delegates to ns1.await.dev.",
        says(Code.NOERROR, true, List.of(), ns("await.dev", "ns1.await.dev")));
    proves(
        Finding.EXISTS,
        "exists without NS",
        says(Code.NOERROR, true, List.of(), ns("dev", "ns1.dev")));
    provesNothing(
        "NXDOMAIN of the zone ''",
        says(Code.NXDOMAIN, true, List.of(), ns("await.dev", "ns1.await.dev")));
  }

  @Test
  void aServerOfBothZonesDelegatesToItself() {
    proves(
        Finding.DELEGATED,
        "has NS ns1.dev.",
        says(Code.NOERROR, true, List.of(ns("await.dev", "ns1.dev"))));
    proves(
        Finding.DELEGATED,
        "has the zone await.dev",
        says(Code.NOERROR, true, List.of(), soa("await.dev")));
  }

  @Test
  void nxdomainOfTheZoneWithAuthorityIsNoSuchName() {
    proves(Finding.NO_SUCH_NAME, "NXDOMAIN", says(Code.NXDOMAIN, true, List.of(), soa("dev")));
  }

  @Test
  void aNameWithoutServersExistsPerhapsByAWildcard() {
    proves(Finding.EXISTS, "exists without NS", says(Code.NOERROR, true, List.of(), soa("dev")));
    proves(
        Finding.EXISTS,
        "exists without NS",
        says(Code.NOERROR, true, List.of(new DnsRecord.Cname("await.dev", ttl(), "a.dev"))));
  }

  /** They could only say that nothing answers. */
  @Test
  void aResolverThatCannotAskANamedServerIsRefused() {
    try (HttpsResolver https = HttpsResolver.at(URI.create("https://127.0.0.1:1/dns-query"));
        TlsResolver tls = TlsResolver.at("127.0.0.1", 853)) {
      for (RecordSource source : List.of(https, tls)) {
        String message =
            String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> ParentServers.of(source))
                    .getMessage());
        assertEquals(
            "records: a "
                + source.getClass().getSimpleName()
                + " cannot ask the servers of a zone, a UdpResolver can",
            message);
      }
    }
  }

  @Test
  void nothingElseProvesAnything() {
    provesNothing("NXDOMAIN without authority", says(Code.NXDOMAIN, false, List.of(), soa("dev")));
    provesNothing("NXDOMAIN of the zone '.'", says(Code.NXDOMAIN, true, List.of(), soa(".")));
    provesNothing("NXDOMAIN of the zone ''", says(Code.NXDOMAIN, true, List.of()));
    provesNothing("NOERROR without authority", says(Code.NOERROR, false, List.of(), soa("dev")));
    provesNothing("NOERROR without authority", says(Code.NOERROR, false, List.of()));
    provesNothing(
        "NOERROR without authority", says(Code.NOERROR, false, List.of(ns("await.dev", "a.dev"))));
    provesNothing("refers to .", says(Code.NOERROR, false, List.of(), ns(".", "root.net")));
    provesNothing("refers to dev", says(Code.NOERROR, false, List.of(), ns("dev", "ns1.dev")));
    for (DnsException.Reason reason : DnsException.Reason.values()) {
      provesNothing("await.dev NS: " + reason, fails(reason));
    }
  }

  /** Answers over HTTPS and TLS name the host of the server, whose address is not looked up. */
  @Test
  void theResolverMayBeAHostWithoutAnAddress() {
    InetSocketAddress host = InetSocketAddress.createUnresolved("dns.example", 443);
    RecordSource overHttps =
        question -> Single.just(answer(question, Code.NXDOMAIN, false, List.of(), List.of(), host));
    Evidence evidence = EvidenceSources.resolver(overHttps).ask(NAME).blockingFirst();
    assertEquals(Finding.NO_SUCH_NAME, evidence.finding());
    assertEquals("dns.example:443", evidence.server());
  }

  @Test
  void theNextServerIsAskedAfterOneThatProvesNothing() {
    said.add(fails(DnsException.Reason.TIMEOUT));
    said.add(says(Code.NXDOMAIN, false, List.of()));
    said.add(says(Code.NXDOMAIN, true, List.of(), soa("dev")));
    List<Evidence> evidence =
        ParentServers.of(records)
            .withPort(5300)
            .ask(NAME)
            .test()
            .awaitDone(10, SECONDS)
            .assertComplete()
            .values();
    assertEquals(
        List.of(
            "await.dev NS: TIMEOUT", "NXDOMAIN without authority, for dev", "NXDOMAIN, for dev"),
        evidence.stream().map(Evidence::answer).toList());
    assertEquals(Finding.NO_SUCH_NAME, evidence.get(2).finding());
    assertEquals(3, asked.size());
    assertTrue(asked.stream().allMatch(server -> server.getPort() == 5300), asked::toString);
  }

  @Test
  void aSuffixThatIsNoZoneIsPartOfTheZoneAbove() {
    said.add(says(Code.NXDOMAIN, true, List.of(), soa("uk")));
    Evidence evidence = evidence(ParentServers.of(records), DomainName.of("await.co.uk"));
    assertEquals(Finding.NO_SUCH_NAME, evidence.finding());
    assertEquals(List.of("co.uk NS", "uk NS", "ns1.uk A"), lookups);
  }

  @Test
  void aZoneThatCannotBeFoundProvesNothing() {
    ParentServers parents = ParentServers.of(records);
    Evidence missing = evidence(parents, DomainName.of("await.missing"));
    assertEquals(Finding.NO_ANSWER, missing.finding());
    assertEquals("missing: no zone of this name", missing.answer());
    assertEquals("the parent zone", missing.server());
    assertEquals(Finding.NO_ANSWER, evidence(parents, DomainName.of("a.org")).finding());
  }

  @Test
  void theServersOfAZoneAreLookedUpOnceAnHour() {
    TestScheduler clock = new TestScheduler();
    said.add(says(Code.NXDOMAIN, true, List.of(), soa("dev")));
    ParentServers parents =
        ParentServers.of(records)
            .withPolicy(
                Policy.limit(4)
                    .withAttemptTimeout(Policy.FOREVER)
                    .withSchedulers(IoSchedulers.shared().withTimer(clock)));
    for (int i = 0; i < 6; i++) {
      evidence(parents, NAME);
    }
    assertEquals(1, lookups.stream().filter("dev NS"::equals).count());
    assertEquals(3, asked.stream().distinct().count(), "the servers take turns");
    clock.advanceTimeBy(61, MINUTES);
    evidence(parents, NAME);
    assertEquals(2, lookups.stream().filter("dev NS"::equals).count());
  }

  @Test
  void aResolverProvesADelegationByNsRecordsOnly() {
    assertEquals(
        Finding.DELEGATED, resolved(says(Code.NOERROR, false, List.of(ns("await.dev", "a.dev")))));
    assertEquals(Finding.EXISTS, resolved(says(Code.NOERROR, false, List.of(), soa("dev"))));
    assertEquals(
        Finding.EXISTS,
        resolved(
            says(
                Code.NXDOMAIN,
                false,
                List.of(new DnsRecord.Cname("await.dev", ttl(), "gone.dev")))));
    assertEquals(
        Finding.EXISTS,
        resolved(
            says(
                Code.NOERROR,
                false,
                List.of(new DnsRecord.Cname("await.dev", ttl(), "b.dev"), ns("b.dev", "a.dev")))));
    assertEquals(
        Finding.NO_ANSWER, resolved(says(Code.NOERROR, false, List.of(), ns("dev", "ns1.dev"))));
    assertEquals(Finding.NO_SUCH_NAME, resolved(says(Code.NXDOMAIN, false, List.of())));
    assertEquals(Finding.NO_ANSWER, resolved(fails(DnsException.Reason.SERVFAIL)));
  }

  private static Finding resolved(Single<RecordAnswer> answer) {
    Evidence evidence =
        EvidenceSources.resolver(question -> answer)
            .ask(NAME)
            .test()
            .awaitDone(10, SECONDS)
            .values()
            .get(0);
    assertEquals(Source.RESOLVER, evidence.source());
    return evidence.finding();
  }
}
