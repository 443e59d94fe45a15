package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableOperator;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The largest number of items in progress: running, waiting for a permit or a retry, being written,
 * or finished and not yet requested. No more items are requested from the source.
 *
 * <p>Should be larger than the {@linkplain Limiter limit} if items wait: with both at 8, eight
 * items that wait 3 s for a retry would keep all other items from starting for 3 s.
 *
 * <p><img src="doc-files/window.svg" alt="asCompleted emits B, C, A as they end; inOrder emits A,
 * B, C and starts C only after A is emitted.">
 *
 * @param size the number of items, 1 or more
 */
public record Window(int size) {
  /**
   * Checks the size.
   *
   * @param size the number of items, 1 or more
   */
  public Window {
    Check.atLeast(1, size, "size");
  }

  /**
   * {@return a window of this size}
   *
   * @param size the number of items, 1 or more
   */
  public static Window of(int size) {
    return new Window(size);
  }

  /**
   * {@return the results in the order of completion, like asyncio's {@code as_completed}}
   *
   * <p><b>Backpressure:</b> honoured; requests no more items from the source than fit in the
   * window. <b>Scheduler:</b> none of its own; a result is emitted on the thread that completed its
   * task. <b>Failure:</b> an error of the source or of a task disposes all other tasks and goes to
   * {@code onError}. <b>Cancellation:</b> disposes every task in progress.
   *
   * @param keys the items
   * @param task makes the work for an item
   * @param <K> the type of the items
   * @param <R> the type of the results
   */
  public <K, R> Flowable<R> asCompleted(
      Flowable<? extends K> keys, Function<? super K, Single<R>> task) {
    requireNonNull(keys, "keys");
    requireNonNull(task, "task");
    return keys.flatMapSingle(task, false, size);
  }

  /**
   * {@return the results in the order of the items, like asyncio's {@code gather}}
   *
   * <p>A slow item delays the results after it, and the start of further items once the window is
   * full. <b>Backpressure:</b> honoured; requests no more items from the source than fit in the
   * window. <b>Scheduler:</b> none of its own; a result is emitted on the thread that completed its
   * task, or the slower task before it. <b>Failure:</b> an error of the source or of a task
   * disposes all other tasks and goes to {@code onError}. <b>Cancellation:</b> disposes every task
   * in progress.
   *
   * @param keys the items
   * @param task makes the work for an item
   * @param <K> the type of the items
   * @param <R> the type of the results
   */
  public <K, R> Flowable<R> inOrder(
      Flowable<? extends K> keys, Function<? super K, Single<R>> task) {
    requireNonNull(keys, "keys");
    requireNonNull(task, "task");
    return keys.concatMapEager(key -> task.apply(key).toFlowable(), size, 1);
  }

  /**
   * {@return the results in the order of completion; starts a task only for a requested result}
   *
   * <p>For expensive tasks: {@link #asCompleted} fills the window at once, so that results are
   * ready before they are requested; here {@code request(3)} starts 3 tasks. <b>Backpressure:</b>
   * honoured; requests no more items from the source than the subscriber has requested results, and
   * no more than fit in the window. <b>Scheduler:</b> none of its own; a result is emitted on the
   * thread that completed its task. <b>Failure:</b> an error of the source or of a task disposes
   * all other tasks and goes to {@code onError}. <b>Cancellation:</b> disposes every task in
   * progress.
   *
   * @param keys the items
   * @param task makes the work for an item
   * @param <K> the type of the items
   * @param <R> the type of the results
   */
  public <K, R> Flowable<R> onDemand(
      Flowable<? extends K> keys, Function<? super K, Single<R>> task) {
    requireNonNull(keys, "keys");
    requireNonNull(task, "task");
    return Flowable.defer(
        () -> {
          DemandLimit<K> limit = new DemandLimit<>();
          return asCompleted(keys.<K>map(key -> key).lift(limit), task)
              .doOnRequest(limit::resultsRequested);
        });
  }

  /** {@return {@code window 16}} */
  @Override
  public String toString() {
    return "window " + size;
  }

  /**
   * Requests no more keys from the source than results were requested downstream. {@code flatMap}
   * requests as many as it may have under way, whatever the demand for results; this operator
   * stands before it and passes on the smaller of the two. It keeps no keys. For one subscriber.
   */
  private static final class DemandLimit<K> implements FlowableOperator<K, K> {
    private volatile @Nullable Subscription source;

    // Totals since the subscription, guarded by this. Long.MAX_VALUE stands for no bound.
    private long results;
    private long room;
    private long requested;

    void resultsRequested(long more) {
      request(more, 0);
    }

    @Override
    public Subscriber<? super K> apply(Subscriber<? super K> downstream) {
      return new Passage(downstream);
    }

    private void request(long moreResults, long moreRoom) {
      long more;
      synchronized (this) {
        results = plus(results, moreResults);
        room = plus(room, moreRoom);
        more = Math.min(results, room) - requested;
        requested += more;
      }
      if (more > 0) {
        // flatMap makes room only after onSubscribe, so the source is known.
        requireNonNull(source).request(more);
      }
    }

    private static long plus(long count, long more) {
      return more > Long.MAX_VALUE - count ? Long.MAX_VALUE : count + Math.max(more, 0);
    }

    /** From the source to flatMap. */
    private final class Passage implements FlowableSubscriber<K>, Subscription {
      private final Subscriber<? super K> downstream;

      Passage(Subscriber<? super K> downstream) {
        this.downstream = downstream;
      }

      @Override
      public void onSubscribe(Subscription s) {
        source = s;
        downstream.onSubscribe(this);
      }

      @Override
      public void onNext(K key) {
        downstream.onNext(key);
      }

      @Override
      public void onError(Throwable e) {
        downstream.onError(e);
      }

      @Override
      public void onComplete() {
        downstream.onComplete();
      }

      @Override
      public void request(long keys) {
        DemandLimit.this.request(0, keys);
      }

      @Override
      public void cancel() {
        requireNonNull(source).cancel();
      }
    }
  }
}
