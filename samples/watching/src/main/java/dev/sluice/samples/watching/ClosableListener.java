package dev.sluice.samples.watching;

import dev.sluice.Limiter;
import dev.sluice.LimiterListener;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A listener of one limiter that has been told of everything when it is closed. */
abstract class ClosableListener implements LimiterListener, AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Disposable watching;

  /** Listens to this limiter from now on. */
  void watch(Limiter limiter) {
    watching = limiter.watch(this);
  }

  @Override
  public final void closed() {
    closed.countDown();
  }

  /** Blocks until the events so far have been told. */
  @Override
  public final void close() {
    if (watching != null) {
      watching.dispose();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
