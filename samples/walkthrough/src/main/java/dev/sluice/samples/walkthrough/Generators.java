package dev.sluice.samples.walkthrough;

import static java.util.stream.Collectors.toCollection;

import dev.sluice.samples.walkthrough.SimulatedProbes.Probe;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;

/** Async generators, comprehensions and generator expressions, as streams of domain probes. */
@Command(
    name = "generators",
    description = "Async generators and comprehensions over a stream of domain probes.")
public final class Generators extends TimeScaledCommand {
  public static void main(String... args) {
    launch(new Generators(), args);
  }

  @Override
  Completable run(SampleContext context) {
    return Completable.defer(() -> comprehensions(new SimulatedProbes(context), context));
  }

  private static Completable comprehensions(SimulatedProbes simulated, SampleContext context) {
    Flowable<Probe> probes = simulated.all();
    Flowable<Probe> oneByOne = simulated.oneByOne();
    Flowable<String> names = probes.map(Probe::name);
    return Completable.concatArray(
        row("(p async for p in probes)", counted(simulated.started, "probed: it is lazy"), context),
        row("async for p in probes", names.toList(), context),
        row(
            "[p async for p in probes if p.found]",
            probes.filter(Probe::found).map(Probe::name).toList(),
            context),
        row(
            "{p.name: p.found async for p in probes}",
            probes.toMap(Probe::name, Probe::found, TreeMap::new),
            context),
        row(
            "sorted({p.name async for p in probes})",
            names.collect(toCollection(TreeSet::new)),
            context),
        row(
            "[await probe(name) for name in names]",
            oneByOne.map(probe -> probe.name() + (probe.found() ? " +" : " -")).toList(),
            context),
        row(
            "{n for n in names if (await probe(n)).found}",
            oneByOne.filter(Probe::found).map(Probe::name).collect(toCollection(TreeSet::new)),
            context),
        row("async for p in probes: break", names.firstOrError(), context),
        row(
            "await probes.aclose()",
            counted(simulated.cancelled, "cancelled by the break"),
            context));
  }

  private static Completable row(String python, Single<?> result, SampleContext context) {
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
