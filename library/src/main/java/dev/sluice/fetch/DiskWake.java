package dev.sluice.fetch;

import io.reactivex.rxjava3.core.Scheduler;
import java.util.concurrent.atomic.AtomicBoolean;

/** Schedules the task of a queue on the disk scheduler; at most one that has not begun. */
final class DiskWake implements Runnable {
  private final Scheduler disk;
  private final Runnable task;

  /** Whether the task is scheduled and has not begun. */
  private final AtomicBoolean isDue = new AtomicBoolean();

  DiskWake(Scheduler disk, Runnable task) {
    this.disk = disk;
    this.task = task;
  }

  /** To be called after something has been added to the queue. */
  void wake() {
    if (!isDue.getAndSet(true)) {
      DiskTurn.run(disk, this);
    }
  }

  @Override
  public void run() {
    isDue.set(false);
    task.run();
  }
}
