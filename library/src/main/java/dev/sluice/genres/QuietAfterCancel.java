package dev.sluice.genres;

import io.reactivex.rxjava3.core.FlowableOperator;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import java.io.IOException;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Ignores a failure that comes after a cancellation: it has no receiver and is no bug, so it does
 * not belong into {@code RxJavaPlugins.onError}.
 */
final class QuietAfterCancel<T> implements FlowableOperator<T, T> {
  @Override
  public Subscriber<? super T> apply(Subscriber<? super T> downstream) {
    return new Passage<>(downstream);
  }

  private static final class Passage<T> implements FlowableSubscriber<T>, Subscription {
    private final Subscriber<? super T> downstream;
    private volatile boolean cancelled;

    @SuppressWarnings("NullAway.Init") // Set by onSubscribe, before any other call.
    private Subscription upstream;

    Passage(Subscriber<? super T> downstream) {
      this.downstream = downstream;
    }

    @Override
    public void onSubscribe(Subscription s) {
      upstream = s;
      downstream.onSubscribe(this);
    }

    @Override
    public void onNext(T value) {
      downstream.onNext(value);
    }

    @Override
    public void onError(Throwable e) {
      if (!(cancelled && e instanceof IOException)) {
        downstream.onError(e);
      }
    }

    @Override
    public void onComplete() {
      downstream.onComplete();
    }

    @Override
    public void request(long n) {
      upstream.request(n);
    }

    @Override
    public void cancel() {
      cancelled = true;
      upstream.cancel();
    }
  }
}
