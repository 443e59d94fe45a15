package dev.sluice.http;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;

/** Runs a task at once, on the thread that schedules it. */
final class DirectScheduler extends Scheduler {
  @Override
  public Disposable scheduleDirect(Runnable task) {
    task.run();
    return Disposable.disposed();
  }

  @Override
  public Worker createWorker() {
    throw new UnsupportedOperationException("one task after another");
  }
}
