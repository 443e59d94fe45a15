package dev.sluice.fetch;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.DeadlineException;
import dev.sluice.DeadlineException.Clock;
import dev.sluice.DurationText;
import dev.sluice.TerminalText;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Notification;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The clock of one attempt at a download. It bounds the time from the request to the head of the
 * response, and then the time without a byte; not the time for which the body flows, nor the time
 * for which the disk keeps the network waiting.
 */
final class StallClock {
  private static final long FOREVER = Long.MAX_VALUE;

  private enum State {
    OFF,
    HEAD,
    BODY,
    EXPIRED
  }

  private final Scheduler timer;
  private final Duration head;
  private final Duration stall;
  private final long headNanos;
  private final long stallNanos;

  /** Completes when no head came in time: the attempt then ends without waiting for its thread. */
  private final CompletableSubject headIsLate = CompletableSubject.create();

  private volatile Runnable cancel = () -> {};
  private volatile long since;

  // Guarded by this.
  private State state = State.OFF;
  private @Nullable Disposable task;
  private long due;

  /** Makes the clock of one attempt; it stands. */
  StallClock(Scheduler timer, Duration head, Duration stall) {
    this.timer = timer;
    this.head = head;
    this.stall = stall;
    this.headNanos = head.toNanos();
    this.stallNanos = stall.toNanos();
  }

  /** Says how a body is cut off that has stalled. */
  void cutOffBy(Runnable way) {
    cancel = way;
  }

  /**
   * Fails with the error of the clock that ran out.
   *
   * @param key what is asked for
   * @param target where it is asked for
   */
  <T> Maybe<T> bound(Maybe<T> attempt, Object key, String target) {
    Maybe<Notification<T>> late =
        Maybe.error(() -> new DeadlineException(Clock.ATTEMPT, key, target, head));
    return attempt
        .map(Notification::createOnNext)
        .onErrorResumeNext(e -> failed(e, target))
        .timeout(headIsLate.toMaybe(), late)
        .dematerialize(notification -> notification)
        .doFinally(this::end);
  }

  /** A failure as a value: after a disposal, {@code timeout} would report an error as lost. */
  private <T> Maybe<Notification<T>> failed(Throwable e, String target) {
    return e instanceof IOException cause
        ? Maybe.just(Notification.createOnError(hasExpired() ? stalled(cause, target) : cause))
        : Maybe.error(e);
  }

  private StalledException stalled(IOException cause, String target) {
    StalledException stalled =
        new StalledException(
            TerminalText.escaped(target) + ": no byte of the body for " + DurationText.of(stall));
    stalled.initCause(cause);
    return stalled;
  }

  /** A request is sent. */
  void awaitHead() {
    start(State.HEAD, headNanos);
  }

  /** The head has come, or the disk has taken what it was given. */
  void awaitBody() {
    start(State.BODY, stallNanos);
  }

  /** A byte has come. */
  void progress() {
    since = timer.now(NANOSECONDS);
  }

  /** The network waits for the disk. */
  synchronized void pause() {
    if (state != State.EXPIRED) {
      state = State.OFF;
    }
  }

  /** The attempt is over. */
  private synchronized void end() {
    pause();
    if (task != null) {
      task.dispose();
      task = null;
    }
  }

  /** Whether this clock has cut the body off. */
  private synchronized boolean hasExpired() {
    return state == State.EXPIRED;
  }

  private synchronized void start(State next, long nanos) {
    if (state == State.EXPIRED) {
      return;
    }
    state = next;
    progress();
    if (nanos != FOREVER && (task == null || since + nanos - due < 0)) {
      checkIn(nanos);
    }
  }

  /** A task that is due too early looks again later: most attempts end before it is due. */
  private void checkIn(long nanos) {
    if (task != null) {
      task.dispose();
    }
    due = timer.now(NANOSECONDS) + nanos;
    task = timer.scheduleDirect(this::look, nanos, NANOSECONDS);
  }

  private void look() {
    State late;
    synchronized (this) {
      task = null;
      late = state;
      if (late == State.OFF || late == State.EXPIRED) {
        return;
      }
      long allowed = late == State.HEAD ? headNanos : stallNanos;
      long left = allowed - (timer.now(NANOSECONDS) - since);
      if (left > 0) {
        if (allowed != FOREVER) {
          checkIn(left);
        }
        return;
      }
      state = State.EXPIRED;
    }
    if (late == State.HEAD) {
      headIsLate.onComplete();
    } else {
      cancel.run();
    }
  }
}
