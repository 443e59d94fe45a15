package dev.sluice;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at a key, and a second one beside it if the first is slow, see {@link Hedge}. The
 * caller disposes the race when one of them has an answer.
 */
final class HedgedRace implements Disposable {
  private final HedgeDelays delays;
  private final @Nullable Object lane;
  private final Limiter limiter;
  private final Scheduler timer;

  private @Nullable PermitRequest<?> first;
  private @Nullable PermitRequest<?> second;

  /** Asks for the permit of the second attempt. */
  private @Nullable Runnable startSecond;

  // Guarded by this.
  private @Nullable Disposable delay;
  private int underWay = 1;
  private boolean over;

  HedgedRace(HedgeDelays delays, @Nullable Object lane, Limiter limiter, Scheduler timer) {
    this.delays = delays;
    this.lane = lane;
    this.limiter = limiter;
    this.timer = timer;
  }

  /** Says what takes part; called once, before the first attempt asks for its permit. */
  void between(PermitRequest<?> first, PermitRequest<?> second, Runnable startSecond) {
    this.first = first;
    this.second = second;
    this.startSecond = startSecond;
  }

  /** An attempt has begun: if it is the first and lasts, the second follows. */
  void started(PermitRequest<?> attempt) {
    long nanos = attempt == first ? delays.delayNanos(lane) : Long.MAX_VALUE;
    if (nanos != Long.MAX_VALUE) {
      Disposable task = later(nanos);
      if (!keep(task)) {
        task.dispose();
      }
    }
  }

  private Disposable later(long nanos) {
    try {
      return timer.scheduleDirect(this::hedge, nanos, NANOSECONDS);
    } catch (Throwable e) {
      // An Error too: the first attempt goes on without a second one.
      return Disposable.disposed();
    }
  }

  private synchronized boolean keep(Disposable task) {
    delay = task;
    return !over;
  }

  private void hedge() {
    if (enterSecond()) {
      requireNonNull(startSecond).run();
    }
  }

  private synchronized boolean enterSecond() {
    boolean enters = !over && limiter.takeRetry(requireNonNull(first));
    if (enters) {
      underWay++;
    }
    return enters;
  }

  /** An attempt was answered after this time. */
  void answered(long nanos) {
    delays.answered(lane, nanos);
  }

  /**
   * An attempt has ended, and its permit is still out. If the second one waits for a permit, it is
   * withdrawn: with an answer there is no use for it, and after a failure a retry keeps the wait
   * that the server asks for.
   */
  void concluded(PermitRequest<?> attempt) {
    if (attempt == first && isSecondUnderWay() && requireNonNull(second).withdraw()) {
      lost();
    }
  }

  private synchronized boolean isSecondUnderWay() {
    return underWay == 2;
  }

  /** An attempt has failed. Returns true if no other one is under way. */
  synchronized boolean lost() {
    underWay--;
    if (underWay == 0) {
      end();
    }
    return underWay == 0;
  }

  private synchronized void end() {
    over = true;
    if (delay != null) {
      delay.dispose();
    }
  }

  @Override
  public void dispose() {
    end();
    requireNonNull(first).dispose();
    requireNonNull(second).dispose();
  }

  @Override
  public synchronized boolean isDisposed() {
    return over;
  }
}
