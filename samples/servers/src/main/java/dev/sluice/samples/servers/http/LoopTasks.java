package dev.sluice.samples.servers.http;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Tasks from any thread, for the thread that waits at a selector. */
final class LoopTasks implements Executor {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Scheduler scheduler = Schedulers.from(this);
  private final Selector selector;

  LoopTasks(Selector selector) {
    this.selector = selector;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Runs tasks and timers on the thread of the selector. */
  Scheduler scheduler() {
    return scheduler;
  }

  /** Called by the thread of the selector after each wake-up. */
  void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
