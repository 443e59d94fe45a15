package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.LimiterListener.Status;
import dev.sluice.Listeners.AttemptEvents;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One work that waits for a permit and then holds it until the work ends. Both ways into a {@link
 * Limiter} are subclasses: {@link Limiter#permit} and each attempt of a {@link KeyRun}.
 *
 * <p>The permit goes back exactly once: when the work signals its end, before the downstream is
 * told; or when the request is disposed, after the work is disposed and the thread of a {@linkplain
 * BlockingWork blocking work} is free. A disposal while the work is inside its own {@code
 * subscribe()} keeps the permit until that call returns. Whatever foreign code throws (an {@code
 * Error} out of {@code subscribe()}, a {@code dispose()} that fails), the permit goes back.
 *
 * @param <T> what the work emits
 */
abstract class PermitRequest<T> extends Lane.Request implements MaybeObserver<T>, Disposable {
  /** Not in the queue yet, or in it. */
  private static final int WAITING = 0;

  /** Has a permit, and the work is inside its {@code subscribe()}. */
  private static final int SUBSCRIBING = 1;

  /** Has a permit, and {@code subscribe()} has returned. */
  private static final int RUNNING = 2;

  /** Disposed inside {@code subscribe()}: holds the permit until that call returns. */
  private static final int CANCELLED = 3;

  /** Has no permit any more and ignores every signal. */
  private static final int OVER = 4;

  /** Marks a disposed upstream. Private, because a work may pass {@code Disposable.disposed()}. */
  private static final Disposable CUT_OFF = Disposable.empty();

  @SuppressWarnings("rawtypes") // A class literal has no type arguments.
  private static final AtomicIntegerFieldUpdater<PermitRequest> STATE =
      AtomicIntegerFieldUpdater.newUpdater(PermitRequest.class, "state");

  @SuppressWarnings("rawtypes") // A class literal has no type arguments.
  private static final AtomicReferenceFieldUpdater<PermitRequest, Disposable> UPSTREAM =
      AtomicReferenceFieldUpdater.newUpdater(PermitRequest.class, Disposable.class, "upstream");

  private final Limiter limiter;

  private volatile int state = WAITING;

  @SuppressWarnings("UnusedVariable") // Read and written by UPSTREAM.
  private volatile @Nullable Disposable upstream;

  /** Null for a work without blocking calls. */
  private volatile @Nullable OngoingCalls blockingCalls;

  /** Reports what becomes of this request; null if nothing watches the limiter. */
  private volatile @Nullable AttemptEvents events;

  PermitRequest(Limiter limiter) {
    this.limiter = limiter;
  }

  final Limiter limiter() {
    return limiter;
  }

  /** Reports what becomes of this request; called before it asks for the permit. */
  final void report(@Nullable AttemptEvents reports) {
    if (reports != null) {
      events = reports;
      if (isDisposed()) {
        reports.ended(Status.CANCELLED, null);
      }
    }
  }

  /** Null if nothing watches the limiter. */
  final @Nullable AttemptEvents events() {
    return events;
  }

  /** The work, made when the permit is there. */
  abstract Maybe<T> work();

  /** The work ended with a value, and the permit is back. */
  abstract void succeeded(T value);

  /** The work ended without a value, and the permit is back. */
  abstract void completed();

  /** The work signalled or threw this; the permit is still out, see {@link #finish}. */
  abstract void failed(Throwable e);

  /** The work is not made, because the limits are not known; {@link #failed} follows. */
  void refused() {}

  /** The work has returned from {@code subscribe()} and goes on; it may end at any moment. */
  void started() {}

  /** The work ended or was disposed after its {@code subscribe()} had returned. */
  void ended() {}

  /** The work ended or the request was disposed; its permit may still be out. */
  void concluded() {}

  /** The calls of the work that subscribed to this one, whose time begins with this one. */
  @Nullable Supplier<OngoingCalls> outerCalls() {
    return null;
  }

  @Override
  final void start() {
    if (run().isClosed() || !STATE.compareAndSet(this, WAITING, SUBSCRIBING)) {
      limiter.release(this);
      return;
    }
    AttemptEvents reports = events;
    if (reports != null) {
      reports.started();
    }
    AttemptTimes times = times();
    if (times != null) {
      times.started(limiter.limit(), permitsOfLane());
    }
    try {
      subscribeToWork();
    } catch (Throwable e) {
      // Errors too: without a signal, the downstream would wait for ever and the permit stay out.
      onError(e);
    }
    if (STATE.compareAndSet(this, SUBSCRIBING, RUNNING)) {
      OngoingCalls calls = blockingCalls;
      if (calls == null || !calls.delaysClock()) {
        started();
      }
    } else if (STATE.compareAndSet(this, CANCELLED, OVER)) {
      release();
    }
  }

  private void subscribeToWork() {
    LaneStoreException refusal = refusal();
    if (refusal != null) {
      refused();
      Maybe.<T>error(refusal).subscribe(this);
      return;
    }
    if (!OngoingCalls.areUsed()) {
      requireNonNull(work(), "the work made no Maybe").subscribe(this);
      return;
    }
    Supplier<OngoingCalls> outer = OngoingCalls.enter(this::blockingCalls);
    try {
      requireNonNull(work(), "the work made no Maybe").subscribe(this);
    } finally {
      OngoingCalls.leave(outer);
    }
  }

  /** The blocking calls of this work, made for the first of them. */
  private synchronized OngoingCalls blockingCalls() {
    OngoingCalls calls = blockingCalls;
    if (calls == null) {
      calls = new OngoingCalls(this::started, outerCalls(), timings());
      blockingCalls = calls;
    }
    return calls;
  }

  /**
   * Ends the work. Returns true to the first caller only, which must then call {@link #release()}.
   *
   * @param status how it ended
   * @param error what it failed with; null if it did not fail
   */
  final boolean end(Status status, @Nullable Throwable error) {
    int now = state;
    while (now == SUBSCRIBING || now == RUNNING) {
      if (STATE.compareAndSet(this, now, OVER)) {
        if (now == RUNNING) {
          ended();
        }
        timeEnd();
        reportEnd(status, error);
        return true;
      }
      now = state;
    }
    return false;
  }

  private void timeEnd() {
    AttemptTimes times = times();
    if (times != null) {
      times.ended(limiter.limit(), permitsOfLane());
    }
  }

  private @Nullable Timings timings() {
    AttemptTimes times = times();
    return times == null ? null : times.timings();
  }

  private void reportEnd(Status status, @Nullable Throwable error) {
    AttemptEvents reports = events;
    if (reports != null) {
      reports.ended(status, error);
    }
    concluded();
  }

  /** Gives the permit back, as soon as no blocking call of the work is inside its thread. */
  final void release() {
    OngoingCalls calls = blockingCalls;
    if (calls == null || !calls.keepsPermit(() -> limiter.release(this))) {
      limiter.release(this);
    }
  }

  private void release(@Nullable Throwable error) {
    OngoingCalls calls = blockingCalls;
    if (calls == null || !calls.keepsPermit(() -> limiter.release(this, error))) {
      limiter.release(this, error);
    }
  }

  /**
   * Ends the work and gives the permit back, for the first caller.
   *
   * @param status how it ended
   * @param error what it failed with; null if it did not fail
   */
  final boolean finish(Status status, @Nullable Throwable error) {
    boolean first = end(status, error);
    if (first) {
      release(error);
    }
    return first;
  }

  /** Disposes the work; an exception of its {@code dispose()} harms no other. */
  final void disposeWork() {
    disposeQuietly(UPSTREAM.getAndSet(this, CUT_OFF));
  }

  /** Disposes the work. The permit goes back when the work's thread is free: mostly at once. */
  final void disposeWorkAndRelease() {
    disposeWork();
    release();
  }

  @Override
  public final void onSubscribe(Disposable d) {
    if (!UPSTREAM.compareAndSet(this, null, d)) {
      disposeQuietly(d);
    }
  }

  @Override
  public final void onSuccess(@Nullable T value) {
    if (value == null) {
      // Foreign code against the rules of RxJava: an outcome cannot be made of it.
      onError(new NullPointerException("the work emitted null"));
    } else if (finish(Status.SUCCEEDED, null)) {
      succeeded(value);
    }
  }

  @Override
  public final void onComplete() {
    if (finish(Status.NOT_FOUND, null)) {
      completed();
    }
  }

  @Override
  public final void onError(@Nullable Throwable e) {
    Throwable error = e == null ? new NullPointerException("the error of the work is null") : e;
    int now = state;
    if (now == SUBSCRIBING || now == RUNNING) {
      failed(error);
    } else {
      reportUndelivered(error);
    }
  }

  /** After the end, an IOException only reports that the call was cancelled; a bug is a bug. */
  final void reportUndelivered(Throwable e) {
    if (ErrorTranslators.translate(e).isUnknown()) {
      Timings timings = timings();
      if (timings != null) {
        timings.late(e);
      }
      RxJavaPlugins.onError(e);
    }
  }

  @Override
  public final void dispose() {
    int now = state;
    while (now < CANCELLED) {
      if (STATE.compareAndSet(this, now, now == SUBSCRIBING ? CANCELLED : OVER)) {
        disposed(now);
        return;
      }
      now = state;
    }
  }

  /** Disposes a request that has no permit yet; false if it has. */
  final boolean withdraw() {
    boolean waited = STATE.compareAndSet(this, WAITING, OVER);
    if (waited) {
      disposed(WAITING);
    }
    return waited;
  }

  private void disposed(int before) {
    reportEnd(Status.CANCELLED, null);
    if (before == WAITING) {
      limiter.remove(this);
      timeEnd();
      return;
    }
    timeEnd();
    if (before == RUNNING) {
      ended();
      disposeWorkAndRelease();
    } else {
      disposeWork();
    }
  }

  @Override
  public final boolean isDisposed() {
    return state >= CANCELLED;
  }

  private static void disposeQuietly(@Nullable Disposable disposable) {
    if (disposable != null) {
      try {
        disposable.dispose();
      } catch (Throwable e) {
        RxJavaPlugins.onError(e);
      }
    }
  }
}
