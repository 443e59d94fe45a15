package dev.sluice;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.ErrorTranslator.Translation;
import dev.sluice.LimiterListener.Status;
import dev.sluice.Listeners.AttemptEvents;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.exceptions.CompositeException;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One key from its first request for a permit to its outcome. It is one object, and one more for
 * each attempt, where operators would be a dozen: with millions of keys, those were most of the
 * costs of a run.
 *
 * <p>Its reference is what has to be disposed at the moment: an attempt, or the wait for the next.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
final class KeyRun<K, V> extends AtomicReference<Disposable> implements Disposable, Runnable {
  private static final long serialVersionUID = 1L;

  /** Marks a key run that has its outcome or was disposed. */
  private static final Disposable OVER = Disposable.empty();

  private final transient Execution<K, V> execution;
  private final transient K key;
  private final transient Lane.Run run;
  private final transient Course course;
  private final transient SingleObserver<? super Outcome<K, V>> downstream;

  /**
   * Prepares one subscription.
   *
   * @param run the run that it belongs to
   * @param course counts the attempts
   */
  KeyRun(
      Execution<K, V> execution,
      K key,
      Lane.Run run,
      Course course,
      SingleObserver<? super Outcome<K, V>> downstream) {
    this.execution = execution;
    this.key = key;
    this.run = run;
    this.course = course;
    this.downstream = downstream;
  }

  private Scheduler timer() {
    return execution.policy().schedulers().timer();
  }

  private Limiter limiter() {
    return execution.policy().limiter();
  }

  void begin() {
    downstream.onSubscribe(this);
    run();
  }

  /** Asks for a permit for the next attempt: at the beginning, and after each wait. */
  @Override
  public void run() {
    Object named;
    try {
      // Only where it matters: to name it may cost as much as to parse a URL.
      named = limiter().hasLanes() || course.timings() != null ? execution.lane(key) : null;
    } catch (Throwable e) {
      bug(e);
      return;
    }
    HedgeDelays delays = execution.hedgeDelays();
    if (delays == null) {
      Attempt attempt = new Attempt();
      if (replaceBy(attempt)) {
        askForPermit(attempt, named);
      }
    } else {
      HedgedRace race = new HedgedRace(delays, laneOfLimiter(named), limiter(), timer());
      HedgedAttempt first = new HedgedAttempt(race);
      HedgedAttempt second = new HedgedAttempt(race);
      race.between(first, second, () -> askForPermit(second, named));
      if (replaceBy(race)) {
        askForPermit(first, named);
      }
    }
  }

  /** Returns false if this was disposed. */
  private boolean replaceBy(Disposable next) {
    Disposable before = get();
    while (before != OVER && !compareAndSet(before, next)) {
      before = get();
    }
    return before != OVER;
  }

  private void askForPermit(Attempt attempt, @Nullable Object named) {
    try {
      ask(attempt, named);
    } catch (Throwable e) {
      // Of the user's, such as the rates of the lanes, or the hash code of a lane.
      bug(e);
    }
  }

  private void ask(Attempt attempt, @Nullable Object named) {
    Object lane = laneOfLimiter(named);
    attempt.report(limiter().listeners().attempt(key, lane, course.get() + 1));
    Timings timings = course.timings();
    if (timings != null) {
      timings.asksIn(named);
      attempt.time(new AttemptTimes(timings, course.get() == 0));
    }
    limiter().add(attempt, lane);
  }

  /** The lane of the limiter that a work names; null if it has no lanes. */
  private @Nullable Object laneOfLimiter(@Nullable Object named) {
    return limiter().hasLanes() ? named : null;
  }

  private void finish(Outcome<K, V> outcome) {
    Disposable before = getAndSet(OVER);
    if (before != OVER) {
      disposeRest(before);
      downstream.onSuccess(outcome);
    }
  }

  /** Disposes the other attempt of a race; the one that has ended takes no notice. */
  private static void disposeRest(@Nullable Disposable attempts) {
    if (attempts != null) {
      attempts.dispose();
    }
  }

  /** Ends the whole run. */
  private void bug(Throwable e) {
    Disposable before = getAndSet(OVER);
    if (before != OVER) {
      limiter().close(run);
      disposeRest(before);
      downstream.onError(e);
    } else {
      Timings timings = course.timings();
      if (timings != null) {
        timings.late(e);
      }
      RxJavaPlugins.onError(e);
    }
  }

  private void failed(IOException cause, Attempt attempt) {
    if (!attempt.isLast()) {
      return;
    }
    Optional<Long> waitNanos;
    try {
      waitNanos = execution.policy().retry().next(course.get(), cause).map(DurationText::nanos);
    } catch (Throwable e) {
      bug(new CompositeException(cause, e));
      return;
    }
    if (waitNanos.isPresent() && limiter().takeRetry(attempt)) {
      AttemptEvents events = attempt.events();
      if (events != null) {
        events.retried(Duration.ofNanos(waitNanos.get()), cause);
      }
      rest(waitNanos.get());
    } else {
      finish(Outcome.failure(key, cause, course.get()));
    }
  }

  /** Waits without a permit. */
  private void rest(long nanos) {
    Disposable attempt = get();
    if (attempt == OVER) {
      return;
    }
    Timings timings = course.timings();
    if (timings != null) {
      timings.rests();
    }
    Disposable wait;
    try {
      wait = TimerTasks.after(timer(), this, nanos);
    } catch (Throwable e) {
      // An Error too: a timer that cannot start a thread would leave this key without an outcome.
      bug(e);
      return;
    }
    // If the next attempt has taken the place already, there is nothing to end.
    if (!compareAndSet(attempt, wait) && get() == OVER) {
      wait.dispose();
    }
  }

  @Override
  public void dispose() {
    Disposable current = getAndSet(OVER);
    if (current != null) {
      current.dispose();
    }
  }

  @Override
  public boolean isDisposed() {
    return get() == OVER;
  }

  /** One attempt at the key. A late signal of an earlier attempt cannot be taken for one of it. */
  private class Attempt extends AttemptTimeouts.Timed<V> {
    Attempt() {
      super(KeyRun.this.limiter());
    }

    @Override
    final Lane.Run run() {
      return run;
    }

    /** Whether no other attempt at the key is under way. */
    boolean isLast() {
      return true;
    }

    @Override
    final Maybe<V> work() {
      course.incrementAndGet();
      return execution.attempt(key);
    }

    @Override
    final void refused() {
      course.incrementAndGet();
    }

    @Override
    void started() {
      try {
        execution.timeouts().enter(this);
      } catch (Throwable e) {
        // Without a clock, the attempt could last for ever.
        bug(e);
        disposeWork();
      }
    }

    @Override
    final void ended() {
      execution.timeouts().leave(this);
    }

    @Override
    void succeeded(V value) {
      KeyRun.this.finish(Outcome.success(key, value));
    }

    @Override
    void completed() {
      KeyRun.this.finish(Outcome.notFound(key));
    }

    @Override
    final void failed(Throwable e) {
      Translation translation = ErrorTranslators.translate(e);
      IOException cause = translation.cause();
      if (translation.isUnknown()) {
        bug(e);
      } else if (cause == null) {
        onComplete();
      } else if (finish(Status.FAILED, cause)) {
        KeyRun.this.failed(cause, this);
      }
    }

    private void bug(Throwable e) {
      if (end(Status.FAILED, e)) {
        // Before the permit is back: it would start the next request of the same run.
        limiter().close(run);
        release();
        KeyRun.this.bug(e);
      } else {
        reportUndelivered(e);
      }
    }

    @Override
    final void expire() {
      IOException late;
      try {
        late = execution.late(key);
      } catch (Throwable e) {
        // A bug in the message ends this attempt, and not the clock of all the others.
        bug(e);
        disposeWork();
        return;
      }
      if (end(Status.FAILED, late)) {
        limiter().note(this, late);
        disposeWorkAndRelease();
        KeyRun.this.failed(late, this);
      }
    }
  }

  /** One of the attempts of a race. */
  private final class HedgedAttempt extends Attempt {
    private final HedgedRace race;
    private volatile boolean started;
    private volatile long since;

    HedgedAttempt(HedgedRace race) {
      this.race = race;
    }

    @Override
    void started() {
      since = timer().now(NANOSECONDS);
      started = true;
      super.started();
      race.started(this);
    }

    @Override
    void concluded() {
      race.concluded(this);
    }

    @Override
    boolean isLast() {
      return race.lost();
    }

    @Override
    void succeeded(V value) {
      answered();
      super.succeeded(value);
    }

    @Override
    void completed() {
      answered();
      super.completed();
    }

    /** An attempt that was answered inside its {@code subscribe()} took no time. */
    private void answered() {
      race.answered(started ? timer().now(NANOSECONDS) - since : 0);
    }
  }
}
