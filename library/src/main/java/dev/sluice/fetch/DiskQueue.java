package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The disk work of one download, on the disk scheduler, one task after another. A {@code
 * Scheduler.Worker} would do so, too, but runs all its tasks in a row: one busy download would hold
 * up the others.
 */
final class DiskQueue implements Runnable {
  private static final int IN_A_ROW = 4;

  private final Scheduler disk;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  DiskQueue(Scheduler disk) {
    this.disk = disk;
  }

  /**
   * A task with a result.
   *
   * @param <T> the type of the result
   */
  @FunctionalInterface
  interface Task<T> {
    T run() throws IOException;
  }

  /** Runs a task later; it must not throw. */
  void add(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      schedule();
    }
  }

  /**
   * Runs a task and waits for it. A network thread that is interrupted, because its download was
   * cancelled, leaves; the task still runs.
   */
  <T> T call(Task<T> task) throws IOException {
    CompletableFuture<T> result = new CompletableFuture<>();
    add(() -> complete(result, task));
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("cancelled while the disk was at work");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("a bug in a disk task", e.getCause());
    }
  }

  /** Runs a task later, and no thread waits for it. A disposal does not stop the task. */
  <T> Single<T> run(Task<T> task) {
    return Single.defer(
        () -> {
          CompletableFuture<T> result = new CompletableFuture<>();
          add(() -> complete(result, task));
          return Single.fromCompletionStage(result);
        });
  }

  private static <T> void complete(CompletableFuture<T> result, Task<T> task) {
    try {
      boolean unused = result.complete(task.run());
    } catch (Throwable e) {
      // An Error too: a download waits for this task.
      boolean unused = result.completeExceptionally(e);
    }
  }

  private void schedule() {
    DiskTurn.run(disk, this);
  }

  /** Runs a few tasks: with a run for each, a long body would wake a thread for each piece. */
  @Override
  public void run() {
    int most = Math.min(waiting.get(), IN_A_ROW);
    int begun = 0;
    try {
      while (begun < most) {
        begun++;
        requireNonNull(tasks.poll()).run();
      }
    } finally {
      if (waiting.addAndGet(-begun) > 0) {
        schedule();
      }
    }
  }
}
