package dev.sluice.http;

import io.reactivex.rxjava3.core.Scheduler;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs short tasks on network threads. A thread takes one task after another, because to wake a
 * thread costs more than most tasks. Before a task that may block, the next thread is woken if more
 * tasks wait: no task waits for the end of another one.
 */
final class NetworkTasks implements Runnable {
  private final Scheduler network;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Whether a thread is on its way to the queue. */
  private final AtomicBoolean woken = new AtomicBoolean();

  NetworkTasks(Scheduler network) {
    this.network = network;
  }

  /** Runs a task later, or now if no thread can be started. */
  void execute(Runnable task) {
    tasks.add(task);
    wake();
  }

  private void wake() {
    if (woken.getAndSet(true)) {
      return;
    }
    try {
      var unused = network.scheduleDirect(this);
    } catch (OutOfMemoryError | RejectedExecutionException e) {
      run();
    }
  }

  @Override
  public void run() {
    woken.set(false);
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      if (!tasks.isEmpty()) {
        wake();
      }
      task.run();
    }
  }
}
