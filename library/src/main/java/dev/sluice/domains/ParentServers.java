package dev.sluice.domains;

import static java.util.Objects.requireNonNull;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Outcome.Success;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Work;
import dev.sluice.dns.DnsOptions;
import dev.sluice.dns.DnsRecord;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.HttpsResolver;
import dev.sluice.dns.RecordAnswer;
import dev.sluice.dns.RecordKind;
import dev.sluice.dns.RecordQuestion;
import dev.sluice.dns.RecordSource;
import dev.sluice.dns.TlsResolver;
import dev.sluice.domains.Evidence.Source;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Asks the name servers of the zone above a name whether they delegate it.
 *
 * <pre>{@code
 * EvidenceSource parents = ParentServers.of(resolver);
 * }</pre>
 *
 * <p>A referral to name servers of the name is a delegation, also with the AA bit. NXDOMAIN counts
 * only with authority (the AA bit) and the SOA record of the zone that was asked. A server that is
 * silent, refuses, fails, has no authority or refers elsewhere proves nothing, and the next one is
 * asked: three at most, each of which is in the evidence. The servers of a zone are looked up once
 * and again after an hour.
 *
 * <p>Each zone is a lane: 20 questions at once and 200 a second by default.
 */
public final class ParentServers implements EvidenceSource {
  private static final int DNS_PORT = 53;
  private static final int SERVERS_ASKED = 3;
  private static final int LIMIT = 1_000;
  private static final Lanes LANES = Lanes.limit(20).withRate(Rate.perSecond(200));

  private final RecordSource records;
  private final PublicSuffixes suffixes;
  private final int port;
  private final Policy policy;
  private final ZoneServers zones;
  private final Pipeline<DomainName, List<Evidence>> questions;

  private ParentServers(RecordSource records, PublicSuffixes suffixes, int port, Policy policy) {
    this.records = requireNonNull(records, "records");
    this.suffixes = requireNonNull(suffixes, "suffixes");
    this.port = port;
    this.policy = requireNonNull(policy, "policy");
    zones = new ZoneServers(records, port, policy.schedulers().timer());
    Work<DomainName, List<Evidence>> work = domain -> asked(domain).toMaybe();
    questions = Pipeline.of(policy, work.withLane(suffixes::suffix));
  }

  /**
   * {@return the name servers of parent zones, as this resolver knows them}
   *
   * @param records looks up the servers of a zone, and asks them: mostly an {@code UdpResolver}
   * @throws IllegalArgumentException for an {@code HttpsResolver} or a {@code TlsResolver}, which
   *     ask no server but their own
   */
  public static ParentServers of(RecordSource records) {
    if (records instanceof HttpsResolver || records instanceof TlsResolver) {
      throw new IllegalArgumentException(
          "records: a "
              + records.getClass().getSimpleName()
              + " cannot ask the servers of a zone, a UdpResolver can");
    }
    Policy policy = Policy.of(Limiter.of(LIMIT, LANES)).withAttemptTimeout(Policy.FOREVER);
    return new ParentServers(records, PublicSuffixes.bundled(), DNS_PORT, policy);
  }

  /**
   * {@return a copy with these public suffixes: the zones above names}
   *
   * @param suffixes the same as those of the examiner
   */
  public ParentServers withSuffixes(PublicSuffixes suffixes) {
    return new ParentServers(records, suffixes, port, policy);
  }

  /**
   * {@return a copy with this policy}
   *
   * @param policy how many questions at once; its limiter may have lanes, one for each zone
   */
  public ParentServers withPolicy(Policy policy) {
    return new ParentServers(records, suffixes, port, policy);
  }

  /**
   * {@return a copy that asks on another port than 53: for servers of a test}
   *
   * @param port of all name servers of parent zones
   */
  public ParentServers withPort(int port) {
    return new ParentServers(records, suffixes, port, policy);
  }

  @Override
  public Flowable<Evidence> ask(DomainName domain) {
    return questions
        .run(domain)
        .flatMap(outcome -> said(domain, outcome))
        .flattenAsFlowable(s -> s);
  }

  private static Single<List<Evidence>> said(
      DomainName domain, Outcome<DomainName, List<Evidence>> outcome) {
    if (outcome instanceof Success<DomainName, List<Evidence>> success) {
      return Single.just(success.value());
    }
    IOException cause =
        outcome instanceof Failure<?, ?> failure ? failure.cause() : new IOException("nothing");
    return DnsEvidence.noAnswer(Source.PARENT, "the parent zone", domain, cause).map(List::of);
  }

  private Single<List<Evidence>> asked(DomainName domain) {
    return zones
        .of(suffixes.suffix(domain))
        .flatMap(zone -> asked(domain, zone, zone.inTurn(SERVERS_ASKED)));
  }

  /** Asks one server after the other until one proves something. */
  private Single<List<Evidence>> asked(
      DomainName domain, Zone zone, List<InetSocketAddress> servers) {
    return Flowable.fromIterable(servers)
        .concatMapSingle(server -> asked(domain, zone, server), 1)
        .takeUntil(said -> said.finding() != Finding.NO_ANSWER)
        .toList();
  }

  private Single<Evidence> asked(DomainName domain, Zone zone, InetSocketAddress server) {
    return records
        .query(RecordQuestion.of(domain, RecordKind.NS).iterativelyAt(server))
        .map(answer -> evidence(domain, zone, answer))
        .onErrorResumeNext(
            e -> DnsEvidence.noAnswer(Source.PARENT, DnsOptions.serverText(server), domain, e));
  }

  private static Evidence evidence(DomainName domain, Zone zone, RecordAnswer answer) {
    if (delegates(domain, answer)) {
      return of(answer, zone, Finding.DELEGATED, "delegates to " + servers(answer.authority()));
    }
    List<DnsRecord.Ns> referral = answer.referral();
    if (!referral.isEmpty()) {
      return of(answer, zone, Finding.NO_ANSWER, "refers to " + referral.get(0).name());
    }
    if (!answer.authoritative()) {
      return of(answer, zone, Finding.NO_ANSWER, answer.code() + " without authority");
    }
    if (isOf(domain, answer.answers())) {
      // The server has authority for the name as well.
      return of(answer, zone, Finding.DELEGATED, "has NS " + servers(answer.answers()));
    }
    String start = answer.soa().map(DnsRecord.Soa::name).orElse("");
    if (answer.isNoName()) {
      return start.equals(zone.name().value())
          ? of(answer, zone, Finding.NO_SUCH_NAME, "NXDOMAIN")
          : of(answer, zone, Finding.NO_ANSWER, "NXDOMAIN of the zone '" + start + "'");
    }
    return start.equals(domain.value())
        ? of(answer, zone, Finding.DELEGATED, "has the zone " + domain)
        : of(answer, zone, Finding.EXISTS, "exists without NS");
  }

  /** Whatever the AA bit says: servers of some registries set it in referrals. */
  private static boolean delegates(DomainName domain, RecordAnswer answer) {
    return answer.code() == RecordAnswer.Code.NOERROR
        && answer.answers().isEmpty()
        && answer.soa().isEmpty()
        && isOf(domain, answer.authority());
  }

  private static Evidence of(RecordAnswer answer, Zone zone, Finding finding, String said) {
    return DnsEvidence.of(Source.PARENT, answer, finding, said + ", for " + zone.name());
  }

  private static boolean isOf(DomainName domain, List<? extends DnsRecord> records) {
    return records.stream()
        .anyMatch(each -> each.kind() == RecordKind.NS && each.name().equals(domain.value()));
  }

  private static String servers(List<? extends DnsRecord> records) {
    return records.stream().map(DnsRecord::data).collect(Collectors.joining(" "));
  }
}
