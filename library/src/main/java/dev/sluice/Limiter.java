package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.LimiterListener.Status;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A semaphore for streams that never blocks a thread: at most {@link #limit()} works are in flight
 * at once. To bound a single stream, {@link Window} or {@code flatMap(…, n)} is enough; a limiter
 * is a value that several streams share.
 *
 * <pre>{@code
 * Limiter limiter = Limiter.of(5);
 * Maybe<Flag> bounded = limiter.permit(call);
 * }</pre>
 *
 * <p>The works of one run get their permits in the order of asking; runs that share a limiter take
 * turns. All calls of {@link #permit} count as one run. A permit goes back when the work ends,
 * before its downstream is told, or when it is disposed; a work that is disposed inside its own
 * {@code subscribe()} keeps its permit until that call returns. A work that is disposed while it
 * waits is never subscribed to.
 *
 * <p><img src="doc-files/limiter.svg" alt="Of two streams with three works each, two works are in
 * flight at any time.">
 *
 * <p>A work is subscribed to on the thread that asked for the permit or, after a wait, on a thread
 * that asked for a permit or gave one back: up to {@value #STARTS_IN_A_ROW} in a row or about 10
 * ms, and the rest on {@link IoSchedulers#shared()}'s network threads. Subscribing must not block,
 * or the works that wait behind it are held up.
 *
 * <p>Safe for use by many threads.
 */
public final class Limiter {
  /** So that a thread that gives a permit back is not held for as long as others keep asking. */
  static final int STARTS_IN_A_ROW = 1_000;

  /** The same bound in time, for works that are slow to subscribe to. */
  private static final long LONGEST_LOOP_NANOS = 10_000_000;

  /** The time is read once in so many starts, because reading it costs as much as a start. */
  private static final int STARTS_PER_TIME_CHECK = 8;

  // Read once per limiter, never per permit.
  private static volatile Consumer<? super Limiter> onCreate = limiter -> {};

  private volatile int limit;
  private final AtomicInteger inFlight = new AtomicInteger();

  /** How often the drain loop was asked for; the thread that counts from 0 to 1 runs it. */
  private final AtomicInteger drains = new AtomicInteger();

  /** The thread inside the drain loop. Each thread needs to see its own writes only. */
  private @Nullable Thread drainer;

  /** The run of {@link #permit}. */
  private final Lane.Run calls = singles();

  private final LaneSchedule schedule;
  private final Listeners listeners;

  /** Goes on with a long drain loop. */
  private final Scheduler others;

  private Limiter(int limit, @Nullable Lanes lanes, Scheduler timer, Scheduler others) {
    this.limit = checked(limit, lanes);
    this.others = others;
    listeners = new Listeners(timer, others);
    schedule = new LaneSchedule(lanes, timer, others, listeners, this::drain);
  }

  private static int checked(int limit, @Nullable Lanes lanes) {
    Check.atLeast(1, limit, "limit");
    if (lanes != null && limit < lanes.limit()) {
      throw new IllegalArgumentException(
          "limit: " + limit + ", must not be below the limit of one lane, " + lanes.limit());
    }
    return limit;
  }

  /**
   * {@return a limiter with this many permits}
   *
   * @param limit how many works may be in flight at once, 1 or more
   */
  public static Limiter of(int limit) {
    IoSchedulers shared = IoSchedulers.shared();
    return noted(new Limiter(limit, null, shared.timer(), shared.network()));
  }

  /**
   * {@return a limiter with this many permits, and bounds for each lane}
   *
   * @param limit how many works may be in flight at once in all, not less than in one lane
   * @param lanes the bounds of each lane; which lane a key belongs to says {@link Work#lane}
   */
  public static Limiter of(int limit, Lanes lanes) {
    requireNonNull(lanes, "lanes");
    IoSchedulers shared = IoSchedulers.shared();
    return noted(new Limiter(limit, lanes, shared.timer(), shared.network()));
  }

  /**
   * {@return the same limiter with a timer of your own}
   *
   * @param limit how many works may be in flight at once in all, not less than in one lane
   * @param lanes the bounds of each lane
   * @param timer measures rates and pauses, and takes the place of the network threads; a {@code
   *     TestScheduler} in a test
   */
  public static Limiter of(int limit, Lanes lanes, Scheduler timer) {
    requireNonNull(lanes, "lanes");
    requireNonNull(timer, "timer");
    return noted(new Limiter(limit, lanes, timer, timer));
  }

  private static Limiter noted(Limiter limiter) {
    onCreate.accept(limiter);
    return limiter;
  }

  /** Calls this with every limiter created from now on; tests then check that permits come back. */
  static void onCreate(Consumer<? super Limiter> action) {
    onCreate = action;
  }

  /**
   * {@return this work, subscribed to once there is a permit for it}
   *
   * <p><b>Scheduler:</b> signals come on the thread of the work. <b>Failure:</b> an error of the
   * work goes to {@code onError} as it is. <b>Cancellation:</b> disposes the work and gives the
   * permit back.
   *
   * @param work cold; every subscription takes a permit of its own
   * @param <T> what it emits
   */
  public <T> Maybe<T> permit(Maybe<T> work) {
    requireNonNull(work, "work");
    return new Maybe<>() {
      @Override
      protected void subscribeActual(MaybeObserver<? super T> downstream) {
        Permitted<T> request = permitted(work, downstream);
        downstream.onSubscribe(request);
        request.report(listeners.attempt(null, null, 1));
        add(request, null);
      }
    };
  }

  /**
   * {@return this work, subscribed to once there is a permit for it}
   *
   * <p><b>Scheduler:</b> signals come on the thread of the work. <b>Failure:</b> an error of the
   * work goes to {@code onError} as it is. <b>Cancellation:</b> disposes the work and gives the
   * permit back.
   *
   * @param work cold; every subscription takes a permit of its own
   * @param <T> what it emits
   */
  public <T> Single<T> permit(Single<T> work) {
    return permit(work.toMaybe()).toSingle();
  }

  /** {@return how many works may be in flight at once} */
  public int limit() {
    return limit;
  }

  /**
   * Changes the limit, also while works are in flight. If there are more than the new limit, they
   * go on, and none starts until enough have ended.
   *
   * @param limit how many works may be in flight at once, 1 or more, not less than in one lane
   */
  public void setLimit(int limit) {
    this.limit = checked(limit, schedule.bounds());
    drain();
  }

  /**
   * Changes the bounds of all lanes, also while works are in flight. Buckets of tokens start anew.
   *
   * @param lanes the new bounds
   * @throws IllegalStateException if this limiter was made without lanes
   */
  public void setLanes(Lanes lanes) {
    requireNonNull(lanes, "lanes");
    if (schedule.bounds() == null) {
      throw new IllegalStateException("lanes: this limiter was made without lanes");
    }
    checked(limit, lanes);
    schedule.setBounds(lanes);
    drain();
  }

  /** {@return the bounds of each lane; null if there are none} */
  public @Nullable Lanes lanes() {
    return schedule.bounds();
  }

  /**
   * Tells the limiter what a server still allows, so that its lane waits before it is refused. Does
   * nothing without {@linkplain Lanes#withParking parking}. {@code HttpClient} calls this for the
   * {@code RateLimit} fields of its responses.
   *
   * @param lane the lane of the server
   * @param quota what the response says
   * @param countedThen {@link #counted} when the attempt of this response began
   */
  public void announce(Object lane, Quota quota, long countedThen) {
    requireNonNull(lane, "lane");
    requireNonNull(quota, "quota");
    if (hasLanes()) {
      schedule.announce(lane, quota, countedThen);
      drain();
    }
  }

  /**
   * {@return how many attempts of a lane its server has counted for sure when it counts the one
   * that asks this while it is subscribed to: all that have ended, and this one}
   *
   * @param lane what names the lane
   */
  public long counted(Object lane) {
    requireNonNull(lane, "lane");
    return schedule.counted(lane);
  }

  /** {@return how many permits are out at this moment} */
  public int inFlight() {
    return inFlight.get();
  }

  /** {@return what is in flight, waits and is parked at this moment, in all and by lane} */
  public LimiterUsage usage() {
    return schedule.usage(limit, inFlight());
  }

  /**
   * Calls this listener for all attempts from now on, until it is disposed; several may watch.
   *
   * <p>Each event is an object in a queue. Without a listener there are no events.
   *
   * @param listener what is told
   * @return ends it: events that wait are delivered, then {@link LimiterListener#closed}
   */
  public Disposable watch(LimiterListener listener) {
    return listeners.add(requireNonNull(listener, "listener"));
  }

  Listeners listeners() {
    return listeners;
  }

  /** A run for many keys, closed when it ends. */
  static Lane.Run run(int weight) {
    return new Lane.Run(true, weight);
  }

  /** A run for keys that are runs of their own. It is never closed. */
  static Lane.Run singles() {
    return new Lane.Run(false, 1);
  }

  boolean hasLanes() {
    return schedule.bounds() != null;
  }

  /**
   * Starts the request now, or when its turn comes. Inside the drain loop it is queued, so that the
   * loop counts it: a run whose works end at once would otherwise hold this thread to its end.
   *
   * @param lane names its lane; null for none
   */
  void add(PermitRequest<?> request, @Nullable Object lane) {
    if (lane == null && takenAtOnce()) {
      request.start();
    } else {
      schedule.add(request, lane);
      drain();
    }
  }

  private boolean takenAtOnce() {
    return schedule.ready() == 0
        && !schedule.hasTotalRate()
        && drainer != Thread.currentThread()
        && take();
  }

  /** Removes a request that was disposed while it waited. */
  void remove(PermitRequest<?> request) {
    schedule.remove(request);
  }

  /** Forgets what waits of a run that has ended; later requests of it never start. */
  void close(Lane.Run run) {
    schedule.close(run);
  }

  /** Whether a retry after this request is within the budgets; then it counts. */
  boolean takeRetry(PermitRequest<?> request) {
    return schedule.takeRetry(request);
  }

  private boolean take() {
    int out = inFlight.get();
    while (out < limit && !inFlight.compareAndSet(out, out + 1)) {
      out = inFlight.get();
    }
    return out < limit;
  }

  /** Takes the permit of a disposed request back. */
  void release(PermitRequest<?> request) {
    schedule.released(request);
    release();
  }

  /** Notes the failure of a request whose permit is still out. */
  void note(PermitRequest<?> request, Throwable error) {
    schedule.note(request, error);
  }

  /** Takes the permit of a request back that had an answer or failed with this error. */
  void release(PermitRequest<?> request, @Nullable Throwable error) {
    schedule.answered(request, error);
    release();
  }

  private void release() {
    inFlight.decrementAndGet();
    if (schedule.ready() > 0) {
      drain();
    }
  }

  /**
   * Starts waiting requests while there are permits. One thread at a time does so: a work that ends
   * inside {@code subscribe()} would otherwise start the next one from within, and so on down the
   * stack.
   */
  private void drain() {
    if (drains.getAndIncrement() == 0) {
      drainLoop();
    }
  }

  private void drainLoop() {
    drainer = Thread.currentThread();
    int seen = 1;
    int started = 0;
    long since = 0;
    while (seen != 0) {
      while (schedule.ready() > 0 && take()) {
        started++;
        if (started == STARTS_PER_TIME_CHECK) {
          since = System.nanoTime();
        }
        if (isLong(started, since)) {
          if (handedOver()) {
            // The other thread now has the permit and the drain loop.
            return;
          }
          started = 0;
        }
        startNext();
      }
      // Before the count: after it, another thread may be in the loop.
      drainer = null;
      seen = drains.addAndGet(-seen);
      if (seen != 0) {
        drainer = Thread.currentThread();
      }
    }
  }

  private static boolean isLong(int started, long since) {
    return started > STARTS_IN_A_ROW
        || (started > STARTS_PER_TIME_CHECK
            && started % STARTS_PER_TIME_CHECK == 0
            && System.nanoTime() - since > LONGEST_LOOP_NANOS);
  }

  /** With a permit taken. */
  private void startNext() {
    Lane.Request request = schedule.poll();
    if (request == null) {
      // It was disposed meanwhile, or the total rate has no token.
      inFlight.decrementAndGet();
      return;
    }
    try {
      request.start();
    } catch (Throwable e) {
      // An Error of its subscriber. The other requests still need this loop.
      RxJavaPlugins.onError(e);
    }
  }

  /** Whether another thread goes on with the drain loop, and with the permit just taken. */
  private boolean handedOver() {
    AtomicBoolean taken = new AtomicBoolean();
    drainer = null;
    boolean isRefused;
    try {
      isRefused = others.scheduleDirect(() -> takeOver(taken)).isDisposed();
    } catch (Throwable e) {
      isRefused = true; // An Error too, for example when no thread can be started.
    }
    // A task that has run is disposed as well.
    boolean goesOn = isRefused && taken.compareAndSet(false, true);
    if (goesOn) {
      drainer = Thread.currentThread();
    }
    return !goesOn;
  }

  private void takeOver(AtomicBoolean taken) {
    if (taken.compareAndSet(false, true)) {
      drainer = Thread.currentThread();
      startNext();
      drains.set(1);
      drainLoop();
    }
  }

  @Override
  public String toString() {
    return inFlight() + " of " + limit + " in flight";
  }

  private <T> Permitted<T> permitted(Maybe<T> work, MaybeObserver<? super T> downstream) {
    Supplier<OngoingCalls> outer = OngoingCalls.areUsed() ? OngoingCalls.current() : null;
    return outer == null
        ? new Permitted<>(this, work, downstream)
        : new InnerPermitted<>(this, work, downstream, outer);
  }

  /** A work of the user's own, under a permit. */
  private static class Permitted<T> extends PermitRequest<T> {
    private final Maybe<T> work;
    private final MaybeObserver<? super T> downstream;

    Permitted(Limiter limiter, Maybe<T> work, MaybeObserver<? super T> downstream) {
      super(limiter);
      this.work = work;
      this.downstream = downstream;
    }

    @Override
    final Lane.Run run() {
      return limiter().calls;
    }

    @Override
    final Maybe<T> work() {
      return work;
    }

    @Override
    final void succeeded(T value) {
      signal(() -> downstream.onSuccess(value));
    }

    @Override
    final void completed() {
      signal(downstream::onComplete);
    }

    @Override
    final void failed(Throwable e) {
      if (finish(Status.FAILED, e)) {
        signal(() -> downstream.onError(e));
      } else {
        reportUndelivered(e);
      }
    }

    /** What the downstream subscribes to next belongs to the outer work: this one is over. */
    private void signal(Runnable signal) {
      if (!OngoingCalls.areUsed()) {
        signal.run();
        return;
      }
      Supplier<OngoingCalls> present = OngoingCalls.enter(outerCalls());
      try {
        signal.run();
      } finally {
        OngoingCalls.leave(present);
      }
    }
  }

  /** A work under a permit, subscribed to by a work with blocking calls. */
  private static final class InnerPermitted<T> extends Permitted<T> {
    private final Supplier<OngoingCalls> outerCalls;

    InnerPermitted(
        Limiter limiter,
        Maybe<T> work,
        MaybeObserver<? super T> downstream,
        Supplier<OngoingCalls> outerCalls) {
      super(limiter, work, downstream);
      this.outerCalls = outerCalls;
    }

    @Override
    Supplier<OngoingCalls> outerCalls() {
      return outerCalls;
    }
  }
}
