package dev.sluice;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;

/** A timer whose tasks run inside of the call that schedules them, as if the delay had passed. */
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
    throw new UnsupportedOperationException("no test needs a worker");
  }
}
