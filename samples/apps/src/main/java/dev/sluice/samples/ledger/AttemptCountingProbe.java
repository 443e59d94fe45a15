package dev.sluice.samples.ledger;

import dev.sluice.Policy;
import dev.sluice.dns.Domains;
import dev.sluice.dns.Resolver;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** Probes names and counts the attempts of each, for the ledger. */
record AttemptCountingProbe(Resolver resolver, Policy policy, InstantSource clock) {

  Flowable<LedgerEntry> entries(Flowable<String> names) {
    return policy.window().asCompleted(names, this::entry);
  }

  /** Counts the attempts, because an outcome has their number only if all of them failed. */
  private Single<LedgerEntry> entry(String name) {
    return Single.defer(
        () -> {
          AtomicInteger attempts = new AtomicInteger();
          Resolver counted =
              asked -> resolver.resolve(asked).doOnSubscribe(d -> attempts.incrementAndGet());
          return Domains.of(counted, policy)
              .probeAll(Flowable.just(name))
              .firstOrError()
              .map(outcome -> LedgerEntry.of(outcome, clock.instant(), attempts.get()));
        });
  }
}
