package dev.sluice.benchmarks;

import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Pipeline;
import dev.sluice.Policy;
import dev.sluice.Rate;
import dev.sluice.Work;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A million works that wait for the one permit of a limiter: the heap that they take, and the time
 * to dispose one of them, in another order than that of waiting: {@code MillionWaiters [LANES]}.
 * Without lanes they wait for {@link Limiter#permit}, with {@code -Xmx64m -Xmn2m -XX:+UseSerialGC};
 * with lanes for an attempt of a pipeline, which has keys and outcomes, too.
 */
public final class MillionWaiters {
  private static final int WAITERS = 1_000_000;
  private static final double MEGABYTE = 1e6;

  private MillionWaiters() {}

  /** One observer for all, so that only the requests for permits are measured. */
  private static final class Waiters implements MaybeObserver<Object>, SingleObserver<Object> {
    final Disposable[] all = new Disposable[WAITERS];
    private int count;

    @Override
    public void onSubscribe(Disposable d) {
      all[count] = d;
      count++;
    }

    @Override
    public void onSuccess(Object value) {}

    @Override
    public void onError(Throwable e) {}

    @Override
    public void onComplete() {}
  }

  public static void main(String[] args) {
    Waiters waiters = new Waiters();
    Limiter limiter =
        args.length == 0 ? waitPlainly(waiters) : waitInLanes(waiters, Integer.parseInt(args[0]));
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    double used = (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
    int waiting = limiter.usage().waiting();
    long start = System.nanoTime();
    for (int i = WAITERS - 1; i > 0; i -= 2) {
      waiters.all[i].dispose();
    }
    for (Disposable waiter : waiters.all) {
      waiter.dispose();
    }
    long each = (System.nanoTime() - start) / WAITERS;
    System.out.printf(
        "%.0f MB of heap, %d waiting; disposed in %d ns each, then %d waiting%n",
        used, waiting, each, limiter.usage().waiting());
  }

  private static Limiter waitPlainly(Waiters waiters) {
    Limiter limiter = Limiter.of(1);
    Maybe<Object> work = limiter.permit(Maybe.never());
    for (int i = 0; i < WAITERS; i++) {
      work.subscribe(waiters);
    }
    return limiter;
  }

  private static Limiter waitInLanes(Waiters waiters, int lanes) {
    Lanes bounds =
        Lanes.limit(1).withRate(Rate.perSecond(1_000)).withParking(Duration.ofMinutes(1));
    Limiter limiter = Limiter.of(1, bounds);
    Work<Integer, Object> never = key -> Maybe.never();
    Pipeline<Integer, Object> pipeline =
        Pipeline.of(Policy.of(limiter), never.withLane(key -> key));
    List<Single<Outcome<Integer, Object>>> works = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      works.add(pipeline.run(lane));
    }
    for (int i = 0; i < WAITERS; i++) {
      works.get(i % lanes).subscribe(waiters);
    }
    return limiter;
  }
}
