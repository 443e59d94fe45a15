package dev.sluice;

import io.reactivex.rxjava3.core.CompletableObserver;
import io.reactivex.rxjava3.core.CompletableSource;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One place in a limiter's queue: to the limiter a task that lasts as long as the permit is out.
 */
final class Turn<T> extends Relay<T> implements CompletableSource {
  private final Maybe<T> work;
  private final AtomicInteger inFlight;
  private @Nullable CompletableObserver permit;

  Turn(Maybe<T> work, MaybeObserver<? super T> downstream, AtomicInteger inFlight) {
    super(downstream);
    this.work = work;
    this.inFlight = inFlight;
  }

  /** The turn has come. */
  @Override
  public void subscribe(CompletableObserver permit) {
    permit.onSubscribe(Disposable.disposed());
    this.permit = permit;
    inFlight.incrementAndGet();
    if (begin()) {
      work.subscribe(this);
    } else {
      ended();
    }
  }

  @Override
  void ended() {
    CompletableObserver taken = permit;
    if (taken != null) {
      inFlight.decrementAndGet();
      taken.onComplete();
    }
  }
}
