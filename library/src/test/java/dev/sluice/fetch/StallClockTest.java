package dev.sluice.fetch;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.DeadlineException;
import dev.sluice.Policy;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The clock of one attempt at a download. */
class StallClockTest {
  private final TestScheduler timer = new TestScheduler();
  private final StallClock clock = new StallClock(timer, Duration.ofSeconds(3), Policy.FOREVER);

  /** What the attempt tells its observer, which a disposal does not stop. */
  private final AtomicReference<MaybeObserver<? super String>> attempt = new AtomicReference<>();

  private final TestObserver<String> observer =
      clock
          .bound(
              new Maybe<String>() {
                @Override
                protected void subscribeActual(MaybeObserver<? super String> downstream) {
                  downstream.onSubscribe(Disposable.empty());
                  attempt.set(downstream);
                }
              },
              "key",
              "http://127.0.0.1/")
          .test();

  @Test
  void aFailureIsThatOfTheAttempt() {
    IOException failure = new IOException("reset");
    fail(failure);
    observer.assertError(failure);
  }

  @Test
  void aLateHeadIsAFailure() {
    clock.awaitHead();
    timer.advanceTimeBy(3, SECONDS);
    observer.assertFailure(DeadlineException.class);
  }

  /** The extension of the tests fails a test that loses an error. */
  @Test
  void aFailureAfterTheDisposalIsNotLost() {
    observer.dispose();
    fail(new IOException("cancelled"));
    observer.assertNoErrors();
  }

  @Test
  void aBugAfterTheDisposalIsReported() {
    AtomicInteger bugs = new AtomicInteger();
    RxJavaPlugins.setErrorHandler(e -> bugs.incrementAndGet());
    observer.dispose();
    fail(new IllegalStateException("a bug"));
    assertEquals(1, bugs.get());
  }

  private void fail(Throwable e) {
    requireNonNull(attempt.get()).onError(e);
  }
}
