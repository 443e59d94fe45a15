package dev.sluice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A work against the rules of RxJava, which signals null: a bug, and not a run without an end. */
@Timeout(30)
class NullSignalsTest {
  private static Work<String, String> signalling(Consumer<MaybeObserver<? super String>> signal) {
    return key ->
        new Maybe<>() {
          @Override
          protected void subscribeActual(MaybeObserver<? super String> observer) {
            observer.onSubscribe(Disposable.empty());
            signal.accept(observer);
          }
        };
  }

  private static void assertIsBug(Work<String, String> work) {
    Limiter limiter = Limiter.of(1);
    Pipeline.of(Policy.of(limiter), work)
        .run("x")
        .test()
        .awaitDone(5, SECONDS)
        .assertError(NullPointerException.class);
    assertEquals(0, limiter.inFlight());
  }

  @Test
  @SuppressWarnings("NullAway") // Foreign code may.
  void nullAsTheValueEndsTheRun() {
    assertIsBug(signalling(observer -> observer.onSuccess(null)));
  }

  @Test
  @SuppressWarnings("NullAway") // Foreign code may.
  void nullAsTheErrorEndsTheRun() {
    assertIsBug(signalling(observer -> observer.onError(null)));
  }
}
