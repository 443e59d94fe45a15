package dev.sluice;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock of many attempts that may each last equally long. They run out in the order in which
 * they began, so a linked list takes the place of a priority queue and one timer task that of
 * thousands: {@code Maybe.timeout} would put a task into the scheduler and take it out again for
 * every item.
 */
final class AttemptTimeouts {
  private final long afterNanos;
  private final Scheduler timer;
  private final Object lock = new Object();
  private @Nullable Deadline<?> oldest;
  private @Nullable Deadline<?> youngest;
  private boolean watching;

  AttemptTimeouts(Duration after, Scheduler timer) {
    this.afterNanos = after.toNanos();
    this.timer = timer;
  }

  /** Whether it never strikes. */
  boolean isEndless() {
    return afterNanos == Policy.FOREVER.toNanos();
  }

  /** This work, ended with an error when it lasts too long. */
  <T> Maybe<T> guard(Maybe<T> work, Supplier<? extends IOException> late) {
    return new Maybe<>() {
      @Override
      protected void subscribeActual(MaybeObserver<? super T> downstream) {
        Deadline<T> deadline = new Deadline<>(AttemptTimeouts.this, downstream, late);
        downstream.onSubscribe(deadline);
        if (deadline.begin()) {
          work.subscribe(deadline);
          // What answers at once, from a cache say, needs no clock.
          if (!deadline.isDisposed()) {
            enter(deadline);
          }
        }
      }
    };
  }

  private void enter(Deadline<?> deadline) {
    synchronized (lock) {
      deadline.due = timer.now(NANOSECONDS) + afterNanos;
      append(deadline);
      if (!watching) {
        watching = true;
        watchIn(afterNanos);
      }
    }
    if (deadline.isDisposed()) {
      // It was over before it had a place to leave.
      leave(deadline);
    }
  }

  void leave(Deadline<?> deadline) {
    synchronized (lock) {
      remove(deadline);
    }
  }

  @SuppressWarnings("CheckReturnValue") // It ends by itself when nobody is under way.
  private void watchIn(long nanos) {
    timer.scheduleDirect(this::watch, nanos, NANOSECONDS);
  }

  private void watch() {
    for (Deadline<?> late = nextLate(); late != null; late = nextLate()) {
      late.expire();
    }
  }

  private @Nullable Deadline<?> nextLate() {
    synchronized (lock) {
      Deadline<?> first = oldest;
      if (first == null) {
        watching = false;
        return null;
      }
      long left = first.due - timer.now(NANOSECONDS);
      if (left > 0) {
        watchIn(left);
        return null;
      }
      remove(first);
      return first;
    }
  }

  private void append(Deadline<?> deadline) {
    Deadline<?> last = youngest;
    deadline.previous = last;
    if (last == null) {
      oldest = deadline;
    } else {
      last.next = deadline;
    }
    youngest = deadline;
  }

  /** Once is enough; twice does no harm. */
  private void remove(Deadline<?> deadline) {
    Deadline<?> before = deadline.previous;
    Deadline<?> after = deadline.next;
    deadline.previous = null;
    deadline.next = null;
    if (before != null) {
      before.next = after;
    } else if (oldest == deadline) {
      oldest = after;
    }
    if (after != null) {
      after.previous = before;
    } else if (youngest == deadline) {
      youngest = before;
    }
  }
}
