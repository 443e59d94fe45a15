package dev.sluice.benchmarks;

import static dev.sluice.benchmarks.BareFlatMap.ITEMS;
import static dev.sluice.benchmarks.BareFlatMap.LIMIT;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.Pipeline;
import dev.sluice.Policy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of an item with a limiter, an attempt timeout and an outcome around the same work. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class PolicyPipeline {
  private final Scheduler scheduler = Schedulers.computation();
  private final Policy policy = Policy.limit(LIMIT);
  private final Pipeline<Integer, Integer> immediate = Pipeline.of(policy, Maybe::just);
  private final Pipeline<Integer, Integer> hopping =
      Pipeline.of(policy, key -> Maybe.just(key).subscribeOn(scheduler));

  /** Work that completes on subscribe. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public long immediate() {
    return immediate.runAll(Flowable.range(0, ITEMS)).count().blockingGet();
  }

  /** Work that completes on another thread. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public long hopping() {
    return hopping.runAll(Flowable.range(0, ITEMS)).count().blockingGet();
  }
}
