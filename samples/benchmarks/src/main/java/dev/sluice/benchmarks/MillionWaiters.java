package dev.sluice.benchmarks;

import dev.sluice.Limiter;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;

/**
 * A million works that wait for the one permit of a limiter: the heap that they take, and the time
 * to dispose one of them, in another order than that of waiting. For {@code -Xmx64m -Xmn2m
 * -XX:+UseSerialGC}.
 */
public final class MillionWaiters {
  private static final int WAITERS = 1_000_000;
  private static final double MEGABYTE = 1e6;

  private MillionWaiters() {}

  /** One observer for all, so that only the requests for permits are measured. */
  private static final class Waiters implements MaybeObserver<Object> {
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
    Limiter limiter = Limiter.of(1);
    Maybe<Object> work = limiter.permit(Maybe.never());
    Waiters waiters = new Waiters();
    for (int i = 0; i < WAITERS; i++) {
      work.subscribe(waiters);
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    double used = (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
    String usage = limiter.usage().toString();
    long start = System.nanoTime();
    for (int i = WAITERS - 1; i > 0; i -= 2) {
      waiters.all[i].dispose();
    }
    for (Disposable waiter : waiters.all) {
      waiter.dispose();
    }
    long each = (System.nanoTime() - start) / WAITERS;
    System.out.printf(
        "%.0f MB of heap, %s; disposed in %d ns each, then %s%n",
        used, usage, each, limiter.usage());
  }
}
