package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.stream.Collectors.toCollection;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.Policy;
import dev.sluice.dns.Answer;
import dev.sluice.dns.DomainName;
import dev.sluice.dns.Domains;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;

/** Async generators, comprehensions and generator expressions, as streams of domain probes. */
@Command(
    name = "generators",
    description = "Async generators and comprehensions over a stream of domain probes.")
public final class Generators extends TimeScaledCommand {
  private static final List<String> NAMES =
      List.of("return.dev", "await.dev", "with.dev", "for.dev", "in.dev");
  private static final Set<String> TAKEN = Set.of("return.dev", "await.dev", "for.dev");

  public static void main(String... args) {
    launch(new Generators(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.defer(() -> new Comprehensions(context).all());
  }

  /** The result of a probe, a named tuple in Python. */
  private record Probe(String name, boolean found) {
    static Probe of(Outcome<String, Answer> outcome) {
      return new Probe(outcome.key(), outcome instanceof Success);
    }
  }

  /** One run, with counters of its probes. */
  private static final class Comprehensions {
    private final SampleContext context;
    private final AtomicInteger probed = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Domains domains;

    /** The async generator. It is cold: each subscription probes all names again. */
    private final Flowable<Probe> probes;

    Comprehensions(SampleContext context) {
      this.context = context;
      domains = Domains.of(this::resolve, Policy.limit(5).withAttemptTimeout(Policy.FOREVER));
      probes = domains.probeAll(Flowable.fromIterable(NAMES)).map(Probe::of);
    }

    /** A resolver without a network: an answer takes 0.1 s for each character of the name. */
    private Maybe<Answer> resolve(DomainName name) {
      return Maybe.timer(100L * name.value().length(), MILLISECONDS, context.loop())
          .doOnSubscribe(d -> context.trace(name.value() + " starts"))
          .doOnSuccess(end -> context.trace(name.value() + " ends"))
          .doOnDispose(() -> context.trace(name.value() + " cancelled"))
          .doOnSubscribe(d -> probed.incrementAndGet())
          .doOnDispose(cancelled::incrementAndGet)
          .filter(end -> TAKEN.contains(name.value()))
          .map(end -> Answer.of(List.of()));
    }

    Completable all() {
      Flowable<String> names = probes.map(Probe::name);
      return Completable.concatArray(
          row("(p async for p in probes)", counted(probed, "probed: it is lazy")),
          row("async for p in probes", names.toList()),
          row(
              "[p async for p in probes if p.found]",
              probes.filter(Probe::found).map(Probe::name).toList()),
          row(
              "{p.name: p.found async for p in probes}",
              probes.toMap(Probe::name, Probe::found, TreeMap::new)),
          row("sorted({p.name async for p in probes})", names.collect(toCollection(TreeSet::new))),
          row("[await probe(name) for name in names]", oneByOne()),
          row("{n for n in names if (await probe(n)).found}", foundOneByOne()),
          row("async for p in probes: break", names.firstOrError()),
          row("await probes.aclose()", counted(cancelled, "cancelled by the break")));
    }

    /** One probe at a time, in the order of the names. */
    private Single<List<String>> oneByOne() {
      return Flowable.fromIterable(NAMES)
          .concatMapSingle(name -> domains.probes().run(DomainName.of(name)))
          .map(outcome -> outcome.key() + (outcome instanceof Success ? " +" : " -"))
          .toList();
    }

    /** An awaited condition: the next name is probed when the previous one is known. */
    private Single<Set<String>> foundOneByOne() {
      return Flowable.fromIterable(NAMES)
          .concatMapSingle(name -> domains.probes().run(DomainName.of(name)))
          .filter(outcome -> outcome instanceof Success)
          .map(outcome -> outcome.key().value())
          .collect(toCollection(TreeSet::new));
    }

    private Completable row(String python, Single<?> result) {
      return Completable.defer(
          () -> {
            context.trace(MarbleDiagram.TITLE + python);
            var elapsed = context.stopwatch();
            return result
                .doOnSuccess(r -> context.print("%-44s %s  %s".formatted(python, elapsed, r)))
                .ignoreElement();
          });
    }

    private static Single<String> counted(AtomicInteger count, String what) {
      return Single.fromCallable(() -> count + " " + what);
    }
  }
}
