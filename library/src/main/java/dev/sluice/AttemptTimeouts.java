package dev.sluice;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The timeouts of many attempts that have the same duration. They expire in the order in which they
 * began, so a linked list takes the place of a priority queue and one timer task that of thousands:
 * {@code Maybe.timeout} would put a task into the scheduler and take it out again for every
 * attempt.
 */
final class AttemptTimeouts {
  /** The longest sleep of the timer task, so that it ends soon after the last attempt. */
  private static final long LONGEST_SLEEP_NANOS = SECONDS.toNanos(5);

  private final long afterNanos;
  private final Scheduler timer;
  private final Object lock = new Object();
  private @Nullable Timed<?> oldest;
  private @Nullable Timed<?> youngest;
  private boolean watching;

  AttemptTimeouts(Duration after, Scheduler timer) {
    this.afterNanos = after.toNanos();
    this.timer = timer;
  }

  /** An attempt with a place in the list. */
  abstract static class Timed<T> extends PermitRequest<T> {
    // Guarded by the lock of the list.
    private @Nullable Timed<?> older;
    private @Nullable Timed<?> younger;
    private boolean entered;
    private long due;

    Timed(Limiter limiter) {
      super(limiter);
    }

    /** The time is up. */
    abstract void expire();
  }

  /** Counts the time of an attempt from now on. */
  void enter(Timed<?> attempt) {
    if (afterNanos == Long.MAX_VALUE) {
      return;
    }
    synchronized (lock) {
      if (attempt.isDisposed()) {
        return;
      }
      attempt.due = timer.now(NANOSECONDS) + afterNanos;
      append(attempt);
      if (!watching) {
        watchIn(afterNanos);
      }
    }
  }

  /** Forgets an attempt that has ended; does nothing if it is not in the list. */
  void leave(Timed<?> attempt) {
    if (afterNanos != Long.MAX_VALUE) {
      synchronized (lock) {
        remove(attempt);
      }
    }
  }

  private void watchIn(long nanos) {
    watching = true;
    try {
      Disposable unused = TimerTasks.after(timer, this::watch, sleep(nanos));
    } catch (Throwable e) {
      // For example no thread could be started. The next attempt tries again.
      watching = false;
      throw e;
    }
  }

  private static long sleep(long nanos) {
    return Math.min(nanos, LONGEST_SLEEP_NANOS);
  }

  /** Ends by itself when the list is empty. */
  private void watch() {
    for (Timed<?> late = nextLate(); late != null; late = nextLate()) {
      try {
        late.expire();
      } catch (Throwable e) {
        // The other attempts still need this task.
        RxJavaPlugins.onError(e);
      }
    }
  }

  private @Nullable Timed<?> nextLate() {
    synchronized (lock) {
      Timed<?> first = oldest;
      if (first == null) {
        watching = false;
        return null;
      }
      long left = first.due - timer.now(NANOSECONDS);
      if (left > 0) {
        Disposable next = TimerTasks.surely(timer, this::watch, sleep(left));
        watching &= !next.isDisposed();
        return null;
      }
      remove(first);
      return first;
    }
  }

  private void append(Timed<?> attempt) {
    Timed<?> last = youngest;
    attempt.entered = true;
    attempt.older = last;
    if (last == null) {
      oldest = attempt;
    } else {
      last.younger = attempt;
    }
    youngest = attempt;
  }

  private void remove(Timed<?> attempt) {
    if (!attempt.entered) {
      return;
    }
    attempt.entered = false;
    Timed<?> before = attempt.older;
    Timed<?> after = attempt.younger;
    attempt.older = null;
    attempt.younger = null;
    if (before == null) {
      oldest = after;
    } else {
      before.younger = after;
    }
    if (after == null) {
      youngest = before;
    } else {
      after.older = before;
    }
  }
}
