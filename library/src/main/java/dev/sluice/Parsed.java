package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.exceptions.Exceptions;
import io.reactivex.rxjava3.functions.Function;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The task of a key that somebody typed; its outcome has what was typed. */
final class Parsed<T, K, V> extends Single<Outcome<T, V>> {
  private final T typed;
  private final Function<? super T, ? extends K> parse;
  private final Pipeline.Task<K, V> task;
  private final AtomicBoolean stopped;

  Parsed(
      T typed,
      Function<? super T, ? extends K> parse,
      Pipeline.Task<K, V> task,
      AtomicBoolean stopped) {
    this.typed = requireNonNull(typed, "key");
    this.parse = parse;
    this.task = task;
    this.stopped = stopped;
  }

  @Override
  protected void subscribeActual(SingleObserver<? super Outcome<T, V>> downstream) {
    Single<Outcome<K, V>> outcome;
    try {
      outcome = task.run(parse.apply(typed), stopped);
    } catch (IOException e) {
      Single.just(Outcome.<T, V>failure(typed, e, 0)).subscribe(downstream);
      return;
    } catch (Throwable e) {
      Exceptions.throwIfFatal(e);
      Single.<Outcome<T, V>>error(e).subscribe(downstream);
      return;
    }
    outcome.subscribe(new Rekeying<>(typed, downstream));
  }

  /** Puts what was typed in the place of what was made of it. */
  private record Rekeying<T, K, V>(T typed, SingleObserver<? super Outcome<T, V>> downstream)
      implements SingleObserver<Outcome<K, V>> {
    @Override
    public void onSubscribe(Disposable d) {
      downstream.onSubscribe(d);
    }

    @Override
    public void onSuccess(Outcome<K, V> outcome) {
      downstream.onSuccess(rekeyed(outcome));
    }

    private Outcome<T, V> rekeyed(Outcome<K, V> outcome) {
      if (outcome instanceof Outcome.Success<K, V> success) {
        return Outcome.success(typed, success.value());
      }
      return outcome instanceof Outcome.Failure<K, V> failure
          ? Outcome.failure(typed, failure.cause(), failure.attempts())
          : Outcome.notFound(typed);
    }

    @Override
    public void onError(Throwable e) {
      downstream.onError(e);
    }
  }
}
