package dev.sluice.samples.walkthrough;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.concurrent.CancellationException;

/**
 * {@code asyncio.create_task}: work that runs whether or not anything waits for its result. A
 * {@code Single} starts when it is subscribed to and stops when that subscription is disposed. A
 * task starts by itself on the next turn of the event loop, and only {@link #cancel} stops it.
 *
 * <p>Not thread-safe: use it on the event loop only.
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

  /** {@code await asyncio.shield(task)}: disposing a subscription does not stop the work. */
  Single<T> result() {
    return result;
  }

  /** Emits this task when it has a result, has failed or was cancelled. */
  Single<Task<T>> done() {
    return result.map(value -> this).onErrorReturnItem(this);
  }

  boolean isDone() {
    return result.hasValue() || result.hasThrowable();
  }

  /** False for a cancelled task, as in asyncio. */
  boolean hasFailed() {
    return result.hasThrowable() && !(result.getThrowable() instanceof CancellationException);
  }

  /** Stops the work on the next turn of the event loop. Work that has not started never starts. */
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
