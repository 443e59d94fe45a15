package dev.sluice;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A timer that records the handle of every delayed task. */
final class WatchedTimer extends Scheduler {
  private final Scheduler timer;
  private final List<Disposable> waits;

  WatchedTimer(Scheduler timer, List<Disposable> waits) {
    this.timer = timer;
    this.waits = waits;
  }

  @Override
  public long now(TimeUnit unit) {
    return timer.now(unit);
  }

  @Override
  public Disposable scheduleDirect(Runnable task, long delay, TimeUnit unit) {
    Disposable wait = timer.scheduleDirect(task, delay, unit);
    waits.add(wait);
    return wait;
  }

  @Override
  public Worker createWorker() {
    return timer.createWorker();
  }
}
