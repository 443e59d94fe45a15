package dev.sluice.testkit;

import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what an attempt signals, also after it was disposed of.
 *
 * @param <V> the type of a value
 */
final class Signals<V> implements MaybeObserver<V> {
  private final SerialDisposable attempt = new SerialDisposable();
  private final AtomicInteger count = new AtomicInteger();

  int count() {
    return count.get();
  }

  void dispose() {
    attempt.dispose();
  }

  @Override
  public void onSubscribe(Disposable disposable) {
    attempt.set(disposable);
  }

  @Override
  public void onSuccess(V value) {
    count.incrementAndGet();
  }

  @Override
  public void onError(Throwable e) {
    count.incrementAndGet();
  }

  @Override
  public void onComplete() {
    count.incrementAndGet();
  }
}
