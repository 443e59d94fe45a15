package dev.sluice.samples.ledger;

import dev.sluice.Policy;
import dev.sluice.dns.Domains;
import dev.sluice.dns.Resolver;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** Names in, entries out: what the ledger wants to know of each. */
record AttemptCountingProbe(Resolver resolver, Policy policy, InstantSource clock) {

  Flowable<LedgerEntry> entries(Flowable<String> names) {
    return policy.window().asCompleted(names, this::entry);
  }

  /**
   * An outcome says how many attempts it took only when all of them failed; so they are counted.
   */
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
