package dev.sluice.domains;

import dev.sluice.dns.DomainName;
import dev.sluice.domains.Evidence.Source;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;

/** A list of names; has nothing to say of the names that are not in it. */
record ListSource(NameList names, Finding finding) implements EvidenceSource {
  @Override
  public Flowable<Evidence> ask(DomainName domain) {
    return Maybe.fromOptional(names.entryOf(domain))
        .map(
            entry ->
                Evidence.now(
                    Source.LIST,
                    names.name(),
                    domain.value(),
                    finding,
                    finding.words() + " by the entry " + entry))
        .toFlowable();
  }
}
