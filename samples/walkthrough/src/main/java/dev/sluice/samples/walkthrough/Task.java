package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.concurrent.CancellationException;

/**
 * What {@code asyncio.create_task} makes: work that goes on whether or not somebody waits for it. A
 * {@code Single} is cold and ends when its only listener leaves; this one starts by itself at the
 * loop's next turn, and a listener that leaves changes nothing.
 */
final class Task<T> {
  private final SingleSubject<T> result = SingleSubject.create();
  private final String name;
  private final Scheduler loop;
  private Disposable running = Disposable.disposed();
  private boolean cancelling;

  private Task(String name, Scheduler loop) {
    this.name = name;
    this.loop = loop;
  }

  static <T> Task<T> create(String name, Single<T> work, Scheduler loop) {
    Task<T> task = new Task<>(name, loop);
    task.running =
        Single.defer(() -> task.cancelling ? Single.never() : work)
            .subscribeOn(loop)
            .subscribe(task.result::onSuccess, task.result::onError);
    return task;
  }

  String name() {
    return name;
  }

  /** {@code await task}; whoever stops listening leaves the work alone, as with a shield. */
  Single<T> result() {
    return result;
  }

  /** Emits the task itself when it is done, in whichever way. */
  Single<Task<T>> done() {
    return result.map(value -> this).onErrorReturnItem(this);
  }

  boolean isDone() {
    return result.hasValue() || result.hasThrowable();
  }

  /** As asyncio has it, a cancelled task has not failed. */
  boolean hasFailed() {
    return result.hasThrowable() && !(result.getThrowable() instanceof CancellationException);
  }

  /** Only asks: the work stops at the loop's next turn, and has not begun if it has not by now. */
  void cancel() {
    cancelling = true;
    loop.scheduleDirect(this::stop);
  }

  private void stop() {
    running.dispose();
    if (!isDone()) {
      result.onError(new CancellationException("cancelled"));
    }
  }
}
