package dev.sluice;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tasks for a timer of the user's, which may refuse one: by an exception, or silently. */
final class TimerTasks {
  private static final long SOON_MILLIS = 100;

  private TimerTasks() {}

  /** As {@code scheduleDirect}. Throws if the timer refuses the task. */
  static Disposable after(Scheduler timer, Runnable task, long nanos) {
    AtomicBoolean begun = new AtomicBoolean();
    Disposable made =
        timer.scheduleDirect(
            () -> {
              begun.set(true);
              task.run();
            },
            nanos,
            NANOSECONDS);
    if (made.isDisposed() && !begun.get()) {
      // A scheduler of RxJava does not throw when its executor rejects a task.
      throw new RejectedExecutionException("the timer refused a task");
    }
    return made;
  }

  /**
   * As {@code scheduleDirect}, for a task without which others would stand still. If the timer
   * refuses it, a thread of the JDK runs it soon: it must look whether its time has come.
   *
   * @return ends the task; disposed if it has run already, or cannot run at all
   */
  static Disposable surely(Scheduler timer, Runnable task, long nanos) {
    try {
      return after(timer, task, nanos);
    } catch (Throwable e) {
      // An Error too, for example when no thread could be started.
      return soon(task);
    }
  }

  private static Disposable soon(Runnable task) {
    try {
      CompletableFuture.delayedExecutor(SOON_MILLIS, MILLISECONDS).execute(task);
      return Disposable.empty();
    } catch (Throwable e) {
      return Disposable.disposed(); // There are no threads left at all.
    }
  }
}
