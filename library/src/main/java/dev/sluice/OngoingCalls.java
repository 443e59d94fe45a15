package dev.sluice;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@linkplain BlockingWork blocking calls} of one work that has a permit. While the first of
 * them waits for a thread, the attempt's timeout does not begin; while one of them is inside its
 * thread, the permit stays out. Operators may stand between the call and the request, so a call
 * finds its work by the thread that subscribes to it, or else by the thread that made it.
 */
final class OngoingCalls {
  private static final ThreadLocal<@Nullable Supplier<OngoingCalls>> CURRENT = new ThreadLocal<>();

  /** Whether a program has blocking works at all; others do not pay for the thread local. */
  private static volatile boolean used;

  private final Runnable startClock;

  /** The calls of the work that subscribed to this one; mostly null. */
  private final @Nullable Supplier<OngoingCalls> outer;

  /** The times of the key; null if they are of no use, or those of the outer work. */
  private final @Nullable Timings timings;

  // Guarded by this.
  private int waiting;
  private int running;
  private boolean clockIsDue;
  private @Nullable Runnable release;

  /**
   * Prepares the calls of one work.
   *
   * @param startClock begins the time of the attempt
   * @param outer the calls of a work whose time begins with that of this one
   * @param timings the times of the key; null if there are none
   */
  OngoingCalls(
      Runnable startClock, @Nullable Supplier<OngoingCalls> outer, @Nullable Timings timings) {
    this.startClock = startClock;
    this.outer = outer;
    this.timings = timings;
  }

  static boolean areUsed() {
    return used;
  }

  static void use() {
    used = true;
  }

  /** Counts what this thread subscribes to among these calls; returns those of an outer work. */
  static @Nullable Supplier<OngoingCalls> enter(@Nullable Supplier<OngoingCalls> calls) {
    Supplier<OngoingCalls> outer = CURRENT.get();
    CURRENT.set(calls);
    return outer;
  }

  /** Undoes {@link #enter}. */
  static void leave(@Nullable Supplier<OngoingCalls> outer) {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /** The calls of the work that this thread subscribes to; null outside of any. */
  static @Nullable Supplier<OngoingCalls> current() {
    return CURRENT.get();
  }

  /** The times of the key that this thread works on; null for none. */
  static @Nullable Timings currentTimings() {
    Supplier<OngoingCalls> calls = used ? CURRENT.get() : null;
    return calls == null ? null : calls.get().timings();
  }

  private @Nullable Timings timings() {
    return timings != null || outer == null ? timings : outer.get().timings();
  }

  /** A call waits for a thread. */
  void queued() {
    if (outer != null) {
      outer.get().queued();
    }
    synchronized (this) {
      waiting++;
    }
  }

  /** A waiting call has its thread. Returns true if the work's time begins with that. */
  synchronized boolean began() {
    waiting--;
    running++;
    return takeClock();
  }

  /**
   * Call after {@link #began}.
   *
   * @param due what that returned
   */
  void startClock(boolean due) {
    if (due) {
      startClock.run();
    }
    if (outer != null) {
      outer.get().beganInside();
    }
  }

  /** A waiting call of an inner work has its thread; the inner work keeps its own permit. */
  private void beganInside() {
    boolean due;
    synchronized (this) {
      waiting--;
      due = takeClock();
    }
    startClock(due);
  }

  /** A waiting call was disposed. */
  void dropped() {
    boolean due;
    synchronized (this) {
      waiting--;
      due = waiting == 0 && takeClock();
    }
    if (due) {
      startClock.run();
    }
    if (outer != null) {
      outer.get().dropped();
    }
  }

  /** A call has returned from its thread. */
  void ended() {
    Runnable last = null;
    synchronized (this) {
      running--;
      if (running == 0) {
        last = release;
        release = null;
      }
    }
    if (last != null) {
      last.run();
    }
  }

  /** Whether the work's time begins later, when a waiting call has its thread. */
  synchronized boolean delaysClock() {
    clockIsDue = waiting > 0 && running == 0;
    return clockIsDue;
  }

  /** Whether the permit stays out until the running calls have returned; then this releases it. */
  synchronized boolean keepsPermit(Runnable release) {
    if (running == 0) {
      return false;
    }
    this.release = release;
    return true;
  }

  private boolean takeClock() {
    boolean due = clockIsDue;
    clockIsDue = false;
    return due;
  }
}
