package dev.sluice;

import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a work and who waits for it: passes one end on, can be cut off at any moment, and
 * {@linkplain #ended() learns} exactly once that a running work is over, just before the downstream
 * does.
 */
abstract class PermitRequest<T> implements MaybeObserver<T>, Disposable {
  private static final int WAITING = 0;
  private static final int RUNNING = 1;
  private static final int OVER = 2;

  private final AtomicInteger state = new AtomicInteger(WAITING);
  private final MaybeObserver<? super T> downstream;
  private final SerialDisposable upstream = new SerialDisposable();

  PermitRequest(MaybeObserver<? super T> downstream) {
    this.downstream = downstream;
  }

  /** The running work came to its end, or was disposed. */
  abstract void ended();

  /** From now on there is something to end; false when it was disposed before it could begin. */
  final boolean begin() {
    return state.compareAndSet(WAITING, RUNNING);
  }

  /** Cuts the work off and tells the downstream why. */
  final void fail(Throwable e) {
    if (end()) {
      upstream.dispose();
      downstream.onError(e);
    }
  }

  @Override
  public final void onSubscribe(Disposable d) {
    upstream.set(d);
  }

  @Override
  public final void onSuccess(T value) {
    if (end()) {
      downstream.onSuccess(value);
    }
  }

  @Override
  public final void onComplete() {
    if (end()) {
      downstream.onComplete();
    }
  }

  @Override
  public final void onError(Throwable e) {
    if (end()) {
      downstream.onError(e);
    } else if (!(e instanceof IOException)) {
      // A call that was cancelled may say so, and nobody wants to know; a bug is still a bug.
      RxJavaPlugins.onError(e);
    }
  }

  @Override
  public final void dispose() {
    if (state.getAndSet(OVER) == RUNNING) {
      upstream.dispose();
      ended();
    }
  }

  @Override
  public final boolean isDisposed() {
    return state.get() == OVER;
  }

  private boolean end() {
    boolean mine = state.compareAndSet(RUNNING, OVER);
    if (mine) {
      ended();
    }
    return mine;
  }
}
