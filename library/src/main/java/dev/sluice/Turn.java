package dev.sluice;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.exceptions.Exceptions;

/** A work that waits for its permit, and then has it until it is over. */
final class Turn<T> extends PermitRequest<T> implements Limiter.Waiting {
  private final Maybe<T> work;
  private final Limiter limiter;

  Turn(Maybe<T> work, MaybeObserver<? super T> downstream, Limiter limiter) {
    super(downstream);
    this.work = work;
    this.limiter = limiter;
  }

  /** The turn has come, and the permit for it is out. */
  @Override
  public void start() {
    if (begin()) {
      try {
        work.subscribe(this);
      } catch (Throwable e) {
        Exceptions.throwIfFatal(e);
        onError(e);
      }
    } else {
      limiter.giveBack();
    }
  }

  @Override
  void ended() {
    limiter.giveBack();
  }
}
