package dev.sluice.domains;

import dev.sluice.dns.DnsRecord;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.RecordAnswer;
import dev.sluice.dns.RecordKind;
import dev.sluice.dns.RecordSource;
import dev.sluice.domains.Evidence.Source;
import io.reactivex.rxjava3.core.Flowable;
import java.util.stream.Collectors;

/** Asks a resolver for the NS records of a name. Addresses alone may come from a wildcard. */
final class ResolverSource implements EvidenceSource {
  private final RecordSource records;

  ResolverSource(RecordSource records) {
    this.records = records;
  }

  @Override
  public Flowable<Evidence> ask(DomainName domain) {
    return records
        .query(domain, RecordKind.NS)
        .map(answer -> evidence(domain, answer))
        .onErrorResumeNext(e -> DnsEvidence.noAnswer(Source.RESOLVER, "the resolver", domain, e))
        .toFlowable();
  }

  private static Evidence evidence(DomainName domain, RecordAnswer answer) {
    String servers =
        answer.answers().stream()
            .filter(record -> record.name().equals(domain.value()))
            .filter(DnsRecord.Ns.class::isInstance)
            .map(DnsRecord::data)
            .collect(Collectors.joining(" "));
    if (!servers.isEmpty()) {
      return DnsEvidence.of(Source.RESOLVER, answer, Finding.DELEGATED, "NS " + servers);
    }
    if (answer.isNoName()) {
      return DnsEvidence.of(Source.RESOLVER, answer, Finding.NO_SUCH_NAME, "NXDOMAIN");
    }
    // A server without recursion refers to others, which says nothing of the name.
    return answer.referral().isEmpty()
        ? DnsEvidence.of(Source.RESOLVER, answer, Finding.EXISTS, "exists without NS")
        : DnsEvidence.of(Source.RESOLVER, answer, Finding.NO_ANSWER, "refers to other servers");
  }
}
