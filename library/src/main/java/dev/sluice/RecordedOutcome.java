package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.OutcomeBatch.Receiver;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the outcome of one key, and then emits it. One object for each key, which keeps nothing
 * but what is needed then: a run may have very many keys under way.
 *
 * <p>Its reference is what has to be disposed, until it was disposed or has emitted.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 * @param <E> what is recorded
 */
final class RecordedOutcome<K, V, E> extends AtomicReference<Disposable>
    implements SingleObserver<Outcome<K, V>>, Disposable, Receiver, Consumer<Throwable> {
  private static final long serialVersionUID = 1L;
  private static final Disposable OVER = Disposable.empty();

  private final transient OutcomeLog<? super E> log;
  private final transient OutcomeCodec<? super K, ? super V, ? extends E> codec;
  private final transient K key;
  private final transient Course course;
  private final transient SingleObserver<? super Outcome<K, V>> downstream;

  /** What is emitted once it is recorded. */
  private transient @Nullable Outcome<K, V> outcome;

  private RecordedOutcome(
      OutcomeLog<? super E> log,
      OutcomeCodec<? super K, ? super V, ? extends E> codec,
      K key,
      Course course,
      SingleObserver<? super Outcome<K, V>> downstream) {
    this.log = log;
    this.codec = codec;
    this.key = key;
    this.course = course;
    this.downstream = downstream;
  }

  /** The outcome of a key, for one subscriber, which gets it once the log has its entry. */
  static <K, V, E> Single<Outcome<K, V>> of(
      OutcomeLog<? super E> log,
      OutcomeCodec<? super K, ? super V, ? extends E> codec,
      K key,
      Course course,
      Single<Outcome<K, V>> source) {
    return new Single<>() {
      @Override
      protected void subscribeActual(SingleObserver<? super Outcome<K, V>> downstream) {
        RecordedOutcome<K, V, E> recorded =
            new RecordedOutcome<>(log, codec, key, course, downstream);
        recorded.timings().onLate(recorded);
        source.subscribe(recorded);
      }
    };
  }

  private Timings timings() {
    return requireNonNull(course.timings());
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
      Timings timings = timings().finish(course.get());
      entry = requireNonNull(codec.entry(value, timings), "the entry of an outcome");
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

  /** An error came after the outcome. It goes to RxJavaPlugins.onError, too. */
  @Override
  public void accept(Throwable late) {
    E entry = codec.late(key, late);
    if (entry != null) {
      LoopTurn.record(log, entry, RecordedOutcome::lateRecorded);
    }
  }

  /** If the log fails, the next outcome reports it. */
  private static void lateRecorded(@Nullable Throwable failure) {
    if (failure != null && !(failure instanceof IOException)) {
      RxJavaPlugins.onError(failure);
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
