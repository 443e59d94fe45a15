package dev.sluice.samples.domains;

import dev.sluice.Limiter;
import dev.sluice.Pipeline;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.RecordAnswer;
import dev.sluice.dns.RecordKind;
import dev.sluice.journal.JournalCodec;

/** Looks up the records of one type. A name that does not exist is not found. */
record RecordProbes(RecordKind kind, Limiter limiter, ResolverOptions.Open open)
    implements DnsLookup<RecordAnswer> {
  @Override
  public ResultFields<RecordAnswer> evidence() {
    return new RecordResultFields();
  }

  @Override
  public Pipeline<String, RecordAnswer> pipeline() {
    return Pipeline.<DomainName, RecordAnswer>of(
            DnsQueryOptions.policy(limiter),
            name -> open.records().query(name, kind).filter(answer -> !answer.isNoName()))
        .parsing(DomainName::parse);
  }

  @Override
  public JournalCodec<String, RecordAnswer> journalCodec() {
    return RecordAnswer.journalCodec();
  }
}
