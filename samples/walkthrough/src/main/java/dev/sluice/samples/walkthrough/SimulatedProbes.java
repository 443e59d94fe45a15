package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.Policy;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.Domains;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Domain probes without a network: an answer takes 0.1 s for each character of the name. */
final class SimulatedProbes {
  private static final List<String> NAMES =
      List.of("return.dev", "await.dev", "with.dev", "for.dev", "in.dev");
  private static final Set<String> TAKEN = Set.of("return.dev", "await.dev", "for.dev");

  /** How many probes were started. */
  final AtomicInteger started = new AtomicInteger();

  /** How many probes were cancelled. */
  final AtomicInteger cancelled = new AtomicInteger();

  private final SampleContext context;
  private final Domains domains =
      Domains.of(this::resolve, Policy.limit(5).withAttemptTimeout(Policy.FOREVER));

  SimulatedProbes(SampleContext context) {
    this.context = context;
  }

  /** The result of a probe, a named tuple in Python. */
  record Probe(String name, boolean found) {
    static Probe of(Outcome<?, Answer> outcome) {
      return new Probe(outcome.key().toString(), outcome instanceof Success);
    }
  }

  /** The async generator. It is cold: each subscription probes all names again. */
  Flowable<Probe> all() {
    return domains.probeAll(Flowable.fromIterable(NAMES)).map(Probe::of);
  }

  /** One probe at a time: the next name is probed when the previous one is known. */
  Flowable<Probe> oneByOne() {
    return Flowable.fromIterable(NAMES)
        .concatMapSingle(name -> domains.probes().run(DomainName.of(name)))
        .map(Probe::of);
  }

  private Maybe<Answer> resolve(DomainName name) {
    return Maybe.timer(100L * name.value().length(), MILLISECONDS, context.loop())
        .doOnSubscribe(d -> context.trace(name.value() + " starts"))
        .doOnSuccess(end -> context.trace(name.value() + " ends"))
        .doOnDispose(() -> context.trace(name.value() + " cancelled"))
        .doOnSubscribe(d -> started.incrementAndGet())
        .doOnDispose(cancelled::incrementAndGet)
        .filter(end -> TAKEN.contains(name.value()))
        .map(end -> Answer.of(List.of()));
  }
}
