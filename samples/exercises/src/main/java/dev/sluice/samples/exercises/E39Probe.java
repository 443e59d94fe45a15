package dev.sluice.samples.exercises;

import dev.sluice.Policy;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.Domains;
import dev.sluice.dns.Resolver;
import io.reactivex.rxjava3.core.Flowable;

/**
 * Exercise 39: which names are free.
 *
 * <p>Probe the names, ten at a time. Emit for each name the word "taken", "free" or "unknown" after
 * it, such as "await.dev free". A resolver that does not answer never makes a name free.
 */
public final class E39Probe {
  private E39Probe() {}

  // Python:
  //
  //   async def report(names):
  //       async for name, found in multi_probe(names):
  //           yield f"{name} {'taken' if found else 'free'}"

  public static Flowable<String> report(Resolver resolver, Flowable<String> names) {
    // GAP: replace what follows.
    return names.concatMapSingle(
        name ->
            resolver
                .resolve(DomainName.of(name))
                .map(answer -> name + " taken")
                .onErrorComplete()
                .defaultIfEmpty(name + " free"));
  }
}
