package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;

/**
 * How many items may be under way at once: at work, waiting for a permit or a retry, being written,
 * or finished and not yet taken. The source is pulled no further than this.
 *
 * <p>It is wider than the {@linkplain Limiter limit} where items wait: with both at 8, eight items
 * that were told to come back in 3 s would keep everybody else out for as long.
 *
 * @param size how many items, 1 or more
 */
public record Window(int size) {
  /**
   * Refuses a size below 1.
   *
   * @param size {@link #size()}
   */
  public Window {
    Check.atLeast(1, size, "size");
  }

  /**
   * {@return a window of this size}
   *
   * @param size how many items, 1 or more
   */
  public static Window of(int size) {
    return new Window(size);
  }

  /**
   * {@return the results as they come: asyncio's {@code as_completed}}
   *
   * <p><b>Backpressure:</b> honoured; the source is asked for no more items than there is room for.
   * <b>Scheduler:</b> none of its own; results come on the thread that made them. <b>Failure:</b>
   * an error of the source or of a task disposes the rest and goes to {@code onError}.
   * <b>Cancellation:</b> disposes every task under way.
   *
   * @param keys the items, pulled as there is room
   * @param task what to do with each
   * @param <K> the type of an item
   * @param <R> the type of a result
   */
  public <K, R> Flowable<R> asCompleted(
      Flowable<? extends K> keys, Function<? super K, Single<R>> task) {
    requireNonNull(keys, "keys");
    requireNonNull(task, "task");
    return keys.flatMapSingle(task, false, size);
  }

  /**
   * {@return the results in the order of the items: asyncio's {@code gather}}
   *
   * <p>A slow item holds back the results behind it, and, once the window is full, the items too.
   * <b>Backpressure:</b> honoured; the source is asked for no more items than there is room for.
   * <b>Scheduler:</b> none of its own; results come on the thread that made the one they waited
   * for. <b>Failure:</b> an error of the source or of a task disposes the rest and goes to {@code
   * onError}. <b>Cancellation:</b> disposes every task under way.
   *
   * @param keys the items, pulled as there is room
   * @param task what to do with each
   * @param <K> the type of an item
   * @param <R> the type of a result
   */
  public <K, R> Flowable<R> inOrder(
      Flowable<? extends K> keys, Function<? super K, Single<R>> task) {
    requireNonNull(keys, "keys");
    requireNonNull(task, "task");
    return keys.concatMapEager(key -> task.apply(key).toFlowable(), size, 1);
  }

  /**
   * {@return the results as they come, with no task begun that nobody has asked the result of}
   *
   * <p>For tasks that cost something: {@link #asCompleted} fills the window at once, so that
   * results are ready when they are asked for; here a consumer that asks for 3 has 3 tasks begun.
   * <b>Backpressure:</b> honoured to the letter; the source is asked for no more items than the
   * consumer asked results for, and for no more than there is room for. <b>Scheduler:</b> none of
   * its own; results come on the thread that made them. <b>Failure:</b> an error of the source or
   * of a task disposes the rest and goes to {@code onError}. <b>Cancellation:</b> disposes every
   * task under way.
   *
   * @param keys the items, pulled as results are asked for
   * @param task what to do with each
   * @param <K> the type of an item
   * @param <R> the type of a result
   */
  public <K, R> Flowable<R> onDemand(
      Flowable<? extends K> keys, Function<? super K, Single<R>> task) {
    requireNonNull(keys, "keys");
    requireNonNull(task, "task");
    return Flowable.defer(
        () -> {
          Gate<K> gate = new Gate<>();
          return asCompleted(keys.<K>map(key -> key).lift(gate), task).doOnRequest(gate::open);
        });
  }
}
