package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.TimeUnit;

/** A scheduler with one thread and a clock that runs {@code scale} times as fast as real time. */
final class ScaledScheduler extends Scheduler {
  private final Scheduler loop = Schedulers.single();
  private final double scale;

  ScaledScheduler(double scale) {
    this.scale = scale;
  }

  /** A monotonic clock. RxJava's default is the wall clock, which jumps when it is set. */
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

  /**
   * Blocks the calling thread for the scaled time. An interrupt ends it early: the run was
   * disposed.
   */
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
