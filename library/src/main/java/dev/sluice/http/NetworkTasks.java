package dev.sluice.http;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs short tasks on network threads. A thread takes one task after another, because to wake a
 * thread costs more than most tasks. Before a task that may block, the next thread is woken if more
 * tasks wait: no task waits for the end of another one.
 */
final class NetworkTasks {
  private final Scheduler network;
  private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();

  /** Whether a thread is on its way to the queue. */
  private final AtomicBoolean woken = new AtomicBoolean();

  NetworkTasks(Scheduler network) {
    this.network = network;
  }

  private record Task(Runnable run, Consumer<? super IOException> withoutThread) {}

  /**
   * Runs a task later.
   *
   * @param withoutThread takes the place of the task if no thread can be started; must not block
   */
  void execute(Runnable task, Consumer<? super IOException> withoutThread) {
    tasks.add(new Task(task, withoutThread));
    Throwable refused = wake();
    if (refused != null) {
      for (Task next = tasks.poll(); next != null; next = tasks.poll()) {
        next.withoutThread.accept(
            new IOException("HTTP call: no thread: " + refused.getMessage(), refused));
      }
    }
  }

  /** Returns why no thread can be started; mostly null. */
  private @Nullable Throwable wake() {
    if (!woken.getAndSet(true)) {
      Turn next = new Turn();
      try {
        Disposable scheduled = network.scheduleDirect(next);
        if (scheduled.isDisposed() && !next.isStarted) {
          // A scheduler of RxJava does not throw when its executor rejects a task.
          throw new RejectedExecutionException("the network scheduler refused the call");
        }
      } catch (Throwable e) {
        // Whatever a scheduler throws: no later task would wake a thread otherwise.
        woken.set(false);
        return e;
      }
    }
    return null;
  }

  /** On its way to the queue, or there. */
  private final class Turn implements Runnable {
    volatile boolean isStarted;

    @Override
    public void run() {
      isStarted = true;
      runTasks();
    }
  }

  private void runTasks() {
    woken.set(false);
    for (Task next = tasks.poll(); next != null; next = tasks.poll()) {
      if (!tasks.isEmpty()) {
        // If it cannot be started, the tasks wait for this thread.
        Throwable unused = wake();
      }
      next.run.run();
    }
  }
}
