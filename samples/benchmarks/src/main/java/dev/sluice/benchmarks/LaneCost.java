package dev.sluice.benchmarks;

import static dev.sluice.benchmarks.BareFlatMap.ITEMS;
import static dev.sluice.benchmarks.BareFlatMap.LIMIT;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Window;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of an item in a lane with a limit, a rate and parking, beside the plain limiter. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class LaneCost {
  /** So many items wait at once in {@link #waiting}, two in each lane when there are 100,000. */
  private static final int WAITING = 200_000;

  /** So high that the rate never holds an item up; only its bookkeeping counts. */
  private static final Rate RATE = Rate.perSecond(1_000_000_000).withBurst(1_000_000_000);

  /** 0 is the limiter without lanes. */
  @Param({"0", "1", "1000", "10000", "100000"})
  private int lanes;

  static LaneCost of(int lanes) {
    LaneCost cost = new LaneCost();
    cost.lanes = lanes;
    return cost;
  }

  private Limiter limiter() {
    return lanes == 0
        ? Limiter.of(LIMIT)
        : Limiter.of(LIMIT, Lanes.limit(LIMIT).withRate(RATE).withParking(Duration.ofMinutes(1)));
  }

  private Flowable<?> outcomes(Policy policy, int items) {
    Work<Integer, Integer> work = Maybe::just;
    return Pipeline.of(policy, work.withLane(key -> key % lanes)).runAll(Flowable.range(0, items));
  }

  /** Work that completes on subscribe. */
  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public long immediate() {
    return outcomes(Policy.of(limiter()), ITEMS).count().blockingGet();
  }

  /** The same, when all items have asked for a permit before the first one gets it. */
  @Benchmark
  @OperationsPerInvocation(WAITING)
  public long waiting() {
    Limiter limiter = limiter();
    CompositeDisposable running = new CompositeDisposable();
    MaybeSubject<Object> holder = MaybeSubject.create();
    for (int i = 0; i < LIMIT; i++) {
      running.add(limiter.permit(holder).subscribe());
    }
    AtomicLong count = new AtomicLong();
    running.add(
        outcomes(Policy.of(limiter).withWindow(Window.of(WAITING)), WAITING)
            .subscribe(outcome -> count.incrementAndGet()));
    holder.onComplete();
    while (count.get() < WAITING) {
      Thread.onSpinWait();
    }
    return count.get();
  }
}
