package dev.sluice.benchmarks;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
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

/** The cost of an item with RxJava alone: the baseline for {@link PolicyPipeline}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class BareFlatMap {
  static final int ITEMS = 10_000;
  static final int LIMIT = 30;

  private final Scheduler scheduler = Schedulers.computation();

  /** Work that completes on subscribe. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public long immediate() {
    return Flowable.range(0, ITEMS).flatMapSingle(Single::just, false, LIMIT).count().blockingGet();
  }

  /** Work that completes on another thread. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public long hopping() {
    return Flowable.range(0, ITEMS)
        .flatMapSingle(key -> Single.just(key).subscribeOn(scheduler), false, LIMIT)
        .count()
        .blockingGet();
  }
}
