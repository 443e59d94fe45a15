package dev.sluice;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;

/** A timer on a machine so busy that every delay is over before the caller goes on. */
final class ImpatientTimer extends Scheduler {
  private long nowNanos;

  @Override
  public long now(TimeUnit unit) {
    return unit.convert(nowNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public Disposable scheduleDirect(Runnable task, long delay, TimeUnit unit) {
    nowNanos += unit.toNanos(delay);
    task.run();
    return Disposable.disposed();
  }

  @Override
  public Worker createWorker() {
    throw new UnsupportedOperationException("nobody asked for a worker so far");
  }
}
