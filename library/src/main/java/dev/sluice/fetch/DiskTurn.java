package dev.sluice.fetch;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;

/** A task for the disk scheduler, whose executor may reject it. */
final class DiskTurn implements Runnable {
  private final Runnable task;
  private volatile boolean isBegun;

  private DiskTurn(Runnable task) {
    this.task = task;
  }

  /** Runs the task later, or here if the scheduler refuses it: downloads wait for it. */
  static void run(Scheduler disk, Runnable task) {
    DiskTurn turn = new DiskTurn(task);
    boolean isRefused;
    try {
      Disposable scheduled = disk.scheduleDirect(turn);
      // A scheduler of RxJava does not throw when its executor rejects a task.
      isRefused = scheduled.isDisposed();
    } catch (Throwable e) {
      isRefused = true;
    }
    if (isRefused && !turn.isBegun) {
      turn.run();
    }
  }

  @Override
  public void run() {
    isBegun = true;
    task.run();
  }
}
