package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one key, emitted once its log has it.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 * @param <E> what is recorded
 */
final class RecordedOutcome<K, V, E> extends Single<Outcome<K, V>> {
  private final OutcomeLog<? super E> log;
  private final OutcomeCodec<? super K, ? super V, ? extends E> codec;
  private final Course course;
  private final Single<Outcome<K, V>> source;

  RecordedOutcome(
      OutcomeLog<? super E> log,
      OutcomeCodec<? super K, ? super V, ? extends E> codec,
      Course course,
      Single<Outcome<K, V>> source) {
    this.log = log;
    this.codec = codec;
    this.course = course;
    this.source = source;
  }

  @Override
  protected void subscribeActual(SingleObserver<? super Outcome<K, V>> downstream) {
    source.subscribe(new Recorder(downstream));
  }

  private E entry(Outcome<K, V> outcome) {
    Timings timings = requireNonNull(course.timings()).finish(course.get());
    return requireNonNull(codec.entry(outcome, timings), "the entry of an outcome");
  }

  /** Its reference is the source, until it was disposed or has emitted. */
  private final class Recorder extends AtomicReference<Disposable>
      implements SingleObserver<Outcome<K, V>>, Disposable, OutcomeBatch.Receiver {
    private static final long serialVersionUID = 1L;
    private static final Disposable OVER = Disposable.empty();

    private final transient SingleObserver<? super Outcome<K, V>> downstream;

    /** What is emitted once it is recorded. */
    private transient @Nullable Outcome<K, V> outcome;

    Recorder(SingleObserver<? super Outcome<K, V>> downstream) {
      this.downstream = downstream;
    }

    @Override
    public void onSubscribe(Disposable d) {
      set(d);
      downstream.onSubscribe(this);
    }

    @Override
    public void onSuccess(Outcome<K, V> value) {
      E entry;
      try {
        entry = entry(value);
      } catch (Throwable e) {
        onError(e);
        return;
      }
      outcome = value;
      LoopTurn.record(log, entry, this);
    }

    @Override
    public void recorded(@Nullable Throwable failure) {
      Outcome<K, V> emitted = requireNonNull(outcome);
      // A run that was cancelled meanwhile emits nothing, although the entry is recorded.
      if (getAndSet(OVER) == OVER) {
        return;
      }
      if (failure == null) {
        downstream.onSuccess(emitted);
      } else if (failure instanceof IOException e) {
        downstream.onSuccess(Outcome.failure(emitted.key(), e, course.get()));
      } else {
        downstream.onError(failure);
      }
    }

    @Override
    public void onError(Throwable e) {
      if (getAndSet(OVER) != OVER) {
        downstream.onError(e);
      } else {
        RxJavaPlugins.onError(e);
      }
    }

    @Override
    public void dispose() {
      Disposable before = getAndSet(OVER);
      if (before != null) {
        before.dispose();
      }
    }

    @Override
    public boolean isDisposed() {
      return get() == OVER;
    }
  }
}
