package dev.sluice.fetch;

import io.reactivex.rxjava3.core.Scheduler;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes a disk thread for a queue: once, until it is there. */
final class DiskWake implements Runnable {
  private final Scheduler disk;
  private final Runnable task;

  /** Whether a thread is on its way. */
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
