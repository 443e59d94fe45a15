package dev.sluice;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time never jumps: RxJava's own is the wall clock, which people and NTP set. */
final class MonotonicTimer extends Scheduler {
  private final Scheduler scheduler;

  MonotonicTimer(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public long now(TimeUnit unit) {
    return unit.convert(System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public Disposable scheduleDirect(Runnable task, long delay, TimeUnit unit) {
    return scheduler.scheduleDirect(task, delay, unit);
  }

  @Override
  public Worker createWorker() {
    return scheduler.createWorker();
  }
}
