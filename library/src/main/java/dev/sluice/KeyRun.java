package dev.sluice;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.ErrorTranslator.Translation;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.exceptions.CompositeException;
import io.reactivex.rxjava3.exceptions.Exceptions;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One key on its way, from its first turn to its outcome. It is one object where operators would be
 * a dozen: with millions of keys, these were most of what a run did.
 *
 * <p>Its reference is what has to be disposed at the moment: an attempt, or the wait for the next.
 *
 * @param <K> what is asked for
 * @param <V> what comes
 */
final class KeyRun<K, V> extends AtomicReference<Disposable>
    implements MaybeObserver<V>, Disposable, Runnable, Limiter.Waiting {
  private static final long serialVersionUID = 1L;

  /**
   * What is held once somebody has disposed of this. No other object is it, while any work that
   * ends at once may bring {@code Disposable.disposed()}.
   */
  private static final Disposable CUT_OFF = Disposable.empty();

  private enum State {
    /** Stands in the limiter's queue. */
    QUEUED,
    /** Has a permit. */
    RUNNING,
    /** Waits for its next attempt, without a permit. */
    RESTING,
    OVER
  }

  private final transient Execution<K, V> attempts;
  private final transient K key;
  private final transient AtomicBoolean stopped;
  private final transient AtomicInteger count;
  private final transient SingleObserver<? super Outcome<K, V>> downstream;
  private final transient AtomicReference<State> state = new AtomicReference<>(State.QUEUED);

  /**
   * Prepares one subscription.
   *
   * @param stopped whether the run that it belongs to is over
   * @param count how many attempts there were
   */
  KeyRun(
      Execution<K, V> attempts,
      K key,
      AtomicBoolean stopped,
      AtomicInteger count,
      SingleObserver<? super Outcome<K, V>> downstream) {
    this.attempts = attempts;
    this.key = key;
    this.stopped = stopped;
    this.count = count;
    this.downstream = downstream;
  }

  void begin() {
    downstream.onSubscribe(this);
    limiter().queue(this);
  }

  private Limiter limiter() {
    return attempts.policy().limiter();
  }

  /** The turn has come, and the permit for it is out. */
  @Override
  public void start() {
    if (!state.compareAndSet(State.QUEUED, State.RUNNING)) {
      limiter().giveBack();
    } else if (!stopped.get()) {
      attempt();
    }
    // Else its permit came from another item of the same run that was disposed just before it.
  }

  private void attempt() {
    count.incrementAndGet();
    try {
      requireNonNull(attempts.attempt(key), "the work made no Maybe").subscribe(this);
    } catch (Throwable e) {
      Exceptions.throwIfFatal(e);
      onError(e);
    }
  }

  @Override
  public void onSubscribe(Disposable d) {
    Disposable before = get();
    while (before != CUT_OFF && !compareAndSet(before, d)) {
      before = get();
    }
    if (before == CUT_OFF) {
      d.dispose();
    }
  }

  @Override
  public void onSuccess(V value) {
    if (endAttempt(State.OVER)) {
      downstream.onSuccess(Outcome.success(key, value));
    }
  }

  @Override
  public void onComplete() {
    if (endAttempt(State.OVER)) {
      downstream.onSuccess(Outcome.notFound(key));
    }
  }

  @Override
  public void onError(Throwable e) {
    if (state.get() != State.RUNNING) {
      if (!(e instanceof IOException)) {
        // An IOException after a disposal only reports that the call was cancelled.
        RxJavaPlugins.onError(e);
      }
      return;
    }
    Translation translation = ErrorTranslators.translate(e);
    IOException cause = translation.cause();
    if (translation.isUnknown()) {
      bug(State.RUNNING, e);
    } else if (cause == null) {
      onComplete();
    } else if (endAttempt(State.RESTING)) {
      // The permit is back by then: a sleeper must not starve others.
      failed(cause);
    }
  }

  /** Ends the run, unless nobody waits for this item any more. */
  private void bug(State during, Throwable e) {
    if (!state.compareAndSet(during, State.OVER)) {
      // A call that was cancelled may say so, and nobody wants to know; a bug is still a bug.
      RxJavaPlugins.onError(e);
      return;
    }
    // Before the permit is back, as the next in line is of the same run.
    stopped.set(true);
    if (during == State.RUNNING) {
      limiter().giveBack();
    }
    downstream.onError(e);
  }

  private boolean endAttempt(State next) {
    boolean mine = state.compareAndSet(State.RUNNING, next);
    if (mine) {
      limiter().giveBack();
    }
    return mine;
  }

  private void failed(IOException cause) {
    Optional<Long> waitNanos;
    try {
      waitNanos = attempts.policy().retry().next(count.get(), cause).map(Duration::toNanos);
    } catch (Throwable e) {
      Exceptions.throwIfFatal(e);
      bug(State.RESTING, new CompositeException(cause, e));
      return;
    }
    if (waitNanos.isPresent()) {
      rest(waitNanos.get());
    } else if (state.compareAndSet(State.RESTING, State.OVER)) {
      downstream.onSuccess(Outcome.failure(key, cause, count.get()));
    }
  }

  private void rest(long nanos) {
    Disposable attempt = get();
    if (attempt == CUT_OFF) {
      return;
    }
    Disposable wait =
        attempts.policy().schedulers().timer().scheduleDirect(this, nanos, NANOSECONDS);
    // If the next attempt has taken the place already, there is nothing to end.
    if (!compareAndSet(attempt, wait) && get() == CUT_OFF) {
      wait.dispose();
    }
  }

  /** The wait is over. */
  @Override
  public void run() {
    if (state.compareAndSet(State.RESTING, State.QUEUED)) {
      limiter().queue(this);
    }
  }

  @Override
  public void dispose() {
    State before = state.getAndSet(State.OVER);
    Disposable upstream = getAndSet(CUT_OFF);
    if (upstream != null) {
      upstream.dispose();
    }
    if (before == State.RUNNING) {
      limiter().giveBack();
    }
  }

  @Override
  public boolean isDisposed() {
    return state.get() == State.OVER;
  }
}
