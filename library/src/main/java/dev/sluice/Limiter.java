package dev.sluice;

import static java.util.Objects.requireNonNull;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

  private final int limit;
  private final AtomicInteger inFlight = new AtomicInteger();

  /** How often the drain loop was asked for; the thread that counts from 0 to 1 runs it. */
  private final AtomicInteger drains = new AtomicInteger();

  /** The thread inside the drain loop. Each thread needs to see its own writes only. */
  private @Nullable Thread drainer;

  /** The queue of {@link #permit}. */
  private final Lane calls = new Lane(this, false);

  private final Object lock = new Object();

  /** Whose turn is next in the ring of lanes with waiting requests. Guarded by lock. */
  private @Nullable Lane turn;

  /** How many requests wait. Written under lock. */
  private volatile int waiting;

  private Limiter(int limit) {
    this.limit = Check.atLeast(1, limit, "limit");
  }

  /**
   * {@return a limiter with this many permits}
   *
   * @param limit how many works may be in flight at once, 1 or more
   */
  public static Limiter of(int limit) {
    Limiter limiter = new Limiter(limit);
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
        Permitted<T> request = new Permitted<>(work, downstream, calls);
        downstream.onSubscribe(request);
        calls.add(request);
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

  /** {@return how many permits are out at this moment} */
  public int inFlight() {
    return inFlight.get();
  }

  /** A queue for the keys of one run, closed when the run ends. */
  Lane laneOfRun() {
    return new Lane(this, true);
  }

  /** A queue for keys that are runs of their own. It is never closed. */
  Lane laneOfSingles() {
    return new Lane(this, false);
  }

  private boolean take() {
    int out = inFlight.get();
    while (out < limit && !inFlight.compareAndSet(out, out + 1)) {
      out = inFlight.get();
    }
    return out < limit;
  }

  private void release() {
    inFlight.decrementAndGet();
    if (waiting > 0) {
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
      while (waiting > 0 && take()) {
        started++;
        if (started == STARTS_PER_TIME_CHECK) {
          since = System.nanoTime();
        }
        if (isLong(started, since) && handedOver()) {
          // The other thread now has the permit and the drain loop.
          return;
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
    PermitRequest<?> request = poll();
    if (request == null) {
      // It was disposed meanwhile.
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
    try {
      drainer = null;
      IoSchedulers.shared().network().scheduleDirect(this::takeOver);
      return true;
    } catch (OutOfMemoryError e) {
      // No thread can be started, so this one goes on.
      drainer = Thread.currentThread();
      return false;
    }
  }

  private void takeOver() {
    drainer = Thread.currentThread();
    startNext();
    drains.set(1);
    drainLoop();
  }

  private @Nullable PermitRequest<?> poll() {
    synchronized (lock) {
      Lane lane = turn;
      if (lane == null) {
        return null;
      }
      turn = lane.nextLane;
      PermitRequest<?> request = requireNonNull(lane.first);
      lane.unlink(request);
      return request;
    }
  }

  @Override
  public String toString() {
    return inFlight() + " of " + limit + " in flight";
  }

  /**
   * The waiting requests of one run, first in first out. The limiter serves its lanes in turn, so
   * that a small run does not wait for a large one.
   */
  static final class Lane {
    private final Limiter limiter;
    private final boolean closeable;
    private volatile boolean closed;

    // Guarded by the limiter's lock. The links of requests make a list, those of lanes a ring.
    private @Nullable PermitRequest<?> first;
    private @Nullable PermitRequest<?> last;
    private int size;
    private @Nullable Lane previousLane;
    private @Nullable Lane nextLane;

    private Lane(Limiter limiter, boolean closeable) {
      this.limiter = limiter;
      this.closeable = closeable;
    }

    /**
     * Starts the request now, or when its turn comes. Inside the drain loop it is queued, so that
     * the loop counts it: a run whose works end at once would otherwise hold this thread to its
     * end.
     */
    void add(PermitRequest<?> request) {
      if (limiter.waiting == 0 && limiter.drainer != Thread.currentThread() && limiter.take()) {
        request.start();
      } else {
        append(request);
        limiter.drain();
      }
    }

    void release() {
      limiter.release();
    }

    boolean isClosed() {
      return closed;
    }

    /**
     * Forgets the waiting requests of a run that has ended, so that they do not start while they
     * are disposed one by one. Later requests never start.
     */
    void close() {
      if (!closeable) {
        return;
      }
      synchronized (limiter.lock) {
        closed = true;
        if (size > 0) {
          limiter.waiting -= size;
          leaveRing();
          first = null;
          last = null;
          size = 0;
        }
      }
    }

    /** Removes a request that was disposed while it waited. */
    void remove(PermitRequest<?> request) {
      synchronized (limiter.lock) {
        if (request.queued && !closed) {
          unlink(request);
        }
      }
    }

    private void append(PermitRequest<?> request) {
      synchronized (limiter.lock) {
        if (closed || request.isDisposed()) {
          return;
        }
        request.queued = true;
        request.previous = last;
        if (last == null) {
          first = request;
          enterRing();
        } else {
          last.next = request;
        }
        last = request;
        size++;
        limiter.waiting++;
      }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Every caller holds the lock.
    private void unlink(PermitRequest<?> request) {
      PermitRequest<?> before = request.previous;
      PermitRequest<?> after = request.next;
      request.previous = null;
      request.next = null;
      request.queued = false;
      if (before == null) {
        first = after;
      } else {
        before.next = after;
      }
      if (after == null) {
        last = before;
      } else {
        after.previous = before;
      }
      size--;
      limiter.waiting--;
      if (size == 0) {
        leaveRing();
      }
    }

    /** At the end of the round, just before the lane whose turn is next. */
    private void enterRing() {
      Lane turn = limiter.turn;
      if (turn == null) {
        previousLane = this;
        nextLane = this;
        limiter.turn = this;
      } else {
        Lane end = requireNonNull(turn.previousLane);
        previousLane = end;
        nextLane = turn;
        end.nextLane = this;
        turn.previousLane = this;
      }
    }

    private void leaveRing() {
      Lane before = requireNonNull(previousLane);
      Lane after = requireNonNull(nextLane);
      before.nextLane = after;
      after.previousLane = before;
      if (limiter.turn == this) {
        limiter.turn = after == this ? null : after;
      }
      previousLane = null;
      nextLane = null;
    }
  }

  /** A work of the user's own, under a permit. */
  private static final class Permitted<T> extends PermitRequest<T> {
    private final Maybe<T> work;
    private final MaybeObserver<? super T> downstream;

    Permitted(Maybe<T> work, MaybeObserver<? super T> downstream, Lane lane) {
      super(lane);
      this.work = work;
      this.downstream = downstream;
    }

    @Override
    Maybe<T> work() {
      return work;
    }

    @Override
    void succeeded(T value) {
      downstream.onSuccess(value);
    }

    @Override
    void completed() {
      downstream.onComplete();
    }

    @Override
    void failed(Throwable e) {
      if (finish()) {
        downstream.onError(e);
      } else {
        reportUndelivered(e);
      }
    }
  }
}
