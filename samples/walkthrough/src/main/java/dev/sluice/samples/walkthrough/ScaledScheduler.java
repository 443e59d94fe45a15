package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.TimeUnit;

/** One thread, on which time goes so many times as fast as in the world. */
final class ScaledScheduler extends Scheduler {
  private final Scheduler loop = Schedulers.single();
  private final double scale;

  ScaledScheduler(double scale) {
    this.scale = scale;
  }

  /** Not RxJava's own, which jumps when somebody sets the clock on the wall. */
  @Override
  public long now(TimeUnit unit) {
    return unit.convert((long) (System.nanoTime() * scale), NANOSECONDS);
  }

  @Override
  public Disposable scheduleDirect(Runnable task, long delay, TimeUnit unit) {
    return loop.scheduleDirect(task, realNanos(delay, unit), NANOSECONDS);
  }

  @Override
  public Worker createWorker() {
    Worker worker = loop.createWorker();
    return new Worker() {
      @Override
      public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return worker.schedule(task, realNanos(delay, unit), NANOSECONDS);
      }

      @Override
      public void dispose() {
        worker.dispose();
      }

      @Override
      public boolean isDisposed() {
        return worker.isDisposed();
      }
    };
  }

  /** Sleeps for real, and wakes early when interrupted: then nobody listens any more. */
  void sleep(long nanos) {
    try {
      NANOSECONDS.sleep(realNanos(nanos, NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long realNanos(long delay, TimeUnit unit) {
    return (long) (unit.toNanos(delay) / scale);
  }
}
