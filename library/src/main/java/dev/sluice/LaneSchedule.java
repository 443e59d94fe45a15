package dev.sluice;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.LimiterUsage.Circuit;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which of the waiting requests of a limiter starts next. Lanes that may start one take turns; one
 * timer task wakes the others when a token, a quota or the end of a pause is due. A lane with
 * nothing to remember is forgotten.
 *
 * <p>Safe for use by many threads; one lock guards it all.
 */
final class LaneSchedule {
  private final Scheduler timer;

  /** Runs the calls of a store. */
  private final Scheduler others;

  private final Listeners listeners;

  /** Called without the lock when requests may start that could not before. */
  private final Runnable drain;

  private final Object lock = new Object();

  /** For requests that name no lane. */
  private final Lane common = new Lane(null, null);

  private final Map<Object, Lane> lanes = new HashMap<>();
  private final LaneRing ring = new LaneRing();
  private final PriorityQueue<WakeUp> wakeUps = new PriorityQueue<>();
  private volatile @Nullable Lanes bounds;
  private @Nullable TokenBucket totalTokens;
  private RetryBudget retries;

  /** What other processes share; null for nothing. */
  private @Nullable SharedLanes shared;

  /** No request may start before the total rate has a token. */
  private boolean suspended;

  /** Whether times are of use. */
  private boolean timed;

  /** For how long it was suspended; null until there is a total rate and times are of use. */
  private @Nullable WaitClock totalClock;

  /** How many requests could start now, were there permits. */
  private volatile int ready;

  /** The timer task for the first of the wake-ups, and its time. */
  private @Nullable Disposable task;

  private long taskAt;

  /**
   * Makes a schedule without requests.
   *
   * @param bounds those of each lane; null for a limiter without lanes
   */
  LaneSchedule(
      @Nullable Lanes bounds,
      Scheduler timer,
      Scheduler others,
      Listeners listeners,
      Runnable drain) {
    this.timer = timer;
    this.others = others;
    this.listeners = listeners;
    this.drain = drain;
    this.bounds = bounds;
    retries = RetryBudget.of(bounds == null ? 1 : bounds.retryBudget());
    totalTokens = totalTokens(bounds);
    shared = SharedLanes.of(bounds, timer, others);
  }

  private @Nullable TokenBucket totalTokens(@Nullable Lanes lanes) {
    Rate rate = lanes == null ? null : lanes.totalRate();
    return TokenBucket.of(rate, now());
  }

  private long now() {
    return timer.now(NANOSECONDS);
  }

  @Nullable Lanes bounds() {
    return bounds;
  }

  boolean hasTotalRate() {
    Lanes lanes = bounds;
    return lanes != null && lanes.totalRate() != null;
  }

  /** How many requests could start now, were there permits. */
  int ready() {
    return ready;
  }

  void setBounds(Lanes newBounds) {
    synchronized (lock) {
      bounds = newBounds;
      totalTokens = totalTokens(newBounds);
      retries = RetryBudget.of(newBounds.retryBudget());
      shared = SharedLanes.of(newBounds, timer, others);
      suspended = false;
      timeTotal(Phase.PERMIT, now());
      startTotalClock();
      for (Lane lane : List.copyOf(lanes.values())) {
        requireNonNull(lane.pace).bound(newBounds, now());
        update(lane);
      }
    }
  }

  /** Adds a request to its lane, unless there is no use for it any more. */
  void add(Lane.Request request, @Nullable Object key) {
    synchronized (lock) {
      if (!request.run().isClosed() && !request.isDisposed()) {
        Lane lane = key == null ? common : lane(key);
        if (request.times() != null && !timed) {
          timed = true;
          startTotalClock();
        }
        lane.append(request);
        update(lane);
        AttemptTimes times = request.times();
        if (times != null) {
          times.queued(clock(lane), totalClock());
        }
      }
    }
  }

  private Lane lane(Object key) {
    Lane lane = lanes.get(key);
    if (lane == null) {
      lane = new Lane(key, new LanePace(key, requireNonNull(bounds), now()));
      lanes.put(key, lane);
      if (shared != null) {
        park(lane, shared, now());
      }
    }
    return lane;
  }

  /** Removes a request that was disposed while it waited. */
  void remove(Lane.Request request) {
    synchronized (lock) {
      Lane lane = request.lane();
      if (lane != null && request.isQueued() && !request.run().isClosed()) {
        lane.remove(request);
        dequeued(request, lane);
        update(lane);
      }
    }
  }

  /**
   * Forgets the waiting requests of a run that has ended, so that they do not start while they are
   * disposed one by one. Later requests never start.
   */
  void close(Lane.Run run) {
    synchronized (lock) {
      run.close();
      if (run.isClosed()) {
        for (Lane.Queue queue : run.queues()) {
          queue.lane().clear(queue);
          update(queue.lane());
        }
      }
    }
  }

  /** The next request; null if none may start. The caller has a permit for it. */
  Lane.@Nullable Request poll() {
    synchronized (lock) {
      leaveOutLost();
      if (ring.isEmpty() || !takeTotal()) {
        return null;
      }
      Lane lane = ring.next();
      Lane.Request request = lane.poll();
      dequeued(request, lane);
      retries.attempted();
      if (lane.pace != null) {
        LaneStoreException refusal = refusal(lane);
        request.admit(refusal == null ? lane.pace.started(now()) : lane.pace.refused(refusal));
      }
      update(lane);
      return request;
    }
  }

  /** Leased permits may be lost while their lane waits for its turn. */
  private void leaveOutLost() {
    while (shared != null && !ring.isEmpty()) {
      Lane lane = ring.turn();
      if (lane.pace == null || mayStart(lane, lane.pace)) {
        return;
      }
      update(lane);
    }
  }

  private @Nullable LaneStoreException refusal(Lane lane) {
    return shared == null ? null : shared.refusal(String.valueOf(lane.key), now());
  }

  /** Takes a token of the total rate, if there is one; if not, comes back later by itself. */
  private boolean takeTotal() {
    if (totalTokens == null) {
      return true;
    }
    long now = now();
    long wait = totalTokens.waitNanos(now);
    if (wait > 0) {
      suspended = true;
      timeTotal(Phase.RATE, now);
      publish();
      wakeUp(new WakeUp(null, now + wait), now);
      return false;
    }
    totalTokens.take(now);
    return true;
  }

  /** A request gives its permit back. */
  void released(Lane.Request request) {
    LanePace pace = request.pace();
    if (pace != null) {
      synchronized (lock) {
        pace.released(request.admission());
        update(requireNonNull(request.lane()));
      }
    }
  }

  /** A request whose permit is still out had an answer, or failed with this error. */
  void note(Lane.Request request, @Nullable Throwable error) {
    LanePace pace = request.pace();
    if (pace != null) {
      synchronized (lock) {
        pace.answered(request.admission(), error, now());
        tellPause(requireNonNull(request.lane()), pace);
      }
    }
  }

  /** Both of {@link #note} and {@link #released}, by one lock. */
  void answered(Lane.Request request, @Nullable Throwable error) {
    if (request.pace() != null) {
      synchronized (lock) {
        note(request, error);
        released(request);
      }
    }
  }

  /** Whether a retry after this request is within the budgets; then it counts. */
  boolean takeRetry(Lane.Request request) {
    if (bounds == null) {
      return true;
    }
    LanePace pace = request.pace();
    synchronized (lock) {
      RetryBudget ofLane = pace == null ? RetryBudget.UNLIMITED : pace.retries();
      if (!retries.hasOne() || !ofLane.hasOne()) {
        return false;
      }
      retries.take();
      ofLane.take();
      return true;
    }
  }

  long counted(Object key) {
    synchronized (lock) {
      Lane lane = lanes.get(key);
      return lane == null ? 0 : requireNonNull(lane.pace).counted();
    }
  }

  void announce(Object key, Quota quota, long countedThen) {
    synchronized (lock) {
      Lane lane = lane(key);
      requireNonNull(lane.pace).announced(quota, countedThen, now());
      update(lane);
    }
  }

  private void tellPause(Lane lane, LanePace pace) {
    if (shared != null) {
      Duration pause = pace.untoldPause();
      if (!pause.isZero()) {
        shared.park(String.valueOf(lane.key), pause);
      }
    }
  }

  private static void park(Lane lane, SharedLanes shared, long now) {
    long pause = shared.parkedNanos(String.valueOf(lane.key), now);
    requireNonNull(lane.pace).parkedElsewhere(pause, now);
  }

  /** Asks the store for what the waiting requests of a lane need. */
  private void ask(Lane lane, LanePace pace, SharedLanes store) {
    store.poll(pauses -> told(store, pauses), e -> notTold(store, e));
    long now = now();
    LeasedTokens tokens = pace.leasable(now);
    int permits = tokens == null ? 0 : tokens.toAsk(pace.startable(lane.waiting), now);
    if (tokens != null && permits > 0) {
      store.lease(
          String.valueOf(lane.key),
          tokens.rate(),
          permits,
          due -> leased(lane, store, tokens, permits, due),
          e -> leaseFailed(lane, store, tokens, e));
    }
  }

  private void leased(
      Lane lane, SharedLanes store, LeasedTokens tokens, int permits, Duration due) {
    synchronized (lock) {
      tokens.leased(permits, due, now());
      store.leased(String.valueOf(lane.key));
      update(lane);
    }
    drain.run();
  }

  private void leaseFailed(Lane lane, SharedLanes store, LeasedTokens tokens, Throwable e) {
    synchronized (lock) {
      tokens.failed(now());
      store.leaseFailed(String.valueOf(lane.key), e, now());
      update(lane);
    }
    drain.run();
  }

  private void told(SharedLanes store, Map<String, Duration> pauses) {
    synchronized (lock) {
      boolean isNew = !store.knowsPauses() || store.isFailing();
      store.told(pauses, now());
      goOn(store, isNew);
    }
    drain.run();
  }

  private void notTold(SharedLanes store, Throwable e) {
    synchronized (lock) {
      store.notTold(e, now());
      goOn(store, true);
    }
    drain.run();
  }

  /** Parks lanes, and looks at all of them if it may be new that they start, or fail. */
  private void goOn(SharedLanes store, boolean isNew) {
    if (store != shared) {
      return;
    }
    long now = now();
    for (Lane lane : isNew || store.hasParked() ? List.copyOf(lanes.values()) : List.<Lane>of()) {
      if (isNew || store.parkedNanos(String.valueOf(lane.key), now) > 0) {
        park(lane, store, now);
        update(lane);
      }
    }
    store.pollAgain(!lanes.isEmpty(), pauses -> told(store, pauses), e -> notTold(store, e));
  }

  private void dequeued(Lane.Request request, Lane lane) {
    AttemptTimes times = request.times();
    if (times != null) {
      times.dequeued(clock(lane), totalClock());
    }
  }

  /** What the requests of a lane wait for, up to now; null for a lane without bounds. */
  private @Nullable WaitClock clock(Lane lane) {
    return lane.clock == null ? null : lane.clock.at(now());
  }

  /** For how long the total rate was waited for, up to now; null without one. */
  private @Nullable WaitClock totalClock() {
    return totalClock == null ? null : totalClock.at(now());
  }

  /** Times the total rate from now on, if there is one, and a use for its times. */
  private void startTotalClock() {
    if (timed && totalTokens != null && totalClock == null) {
      totalClock = new WaitClock(now());
    }
  }

  private void timeTotal(Phase reason, long now) {
    if (totalClock != null) {
      totalClock = totalClock.turn(reason, now);
    }
  }

  /** Puts a lane into the ring or takes it out; makes sure that it is looked at in time. */
  private void update(Lane lane) {
    if (shared != null && lane.pace != null && lane.waiting > 0) {
      ask(lane, lane.pace, shared);
    }
    boolean ready = lane.waiting > 0 && (lane.pace == null || mayStart(lane, lane.pace));
    ring.set(lane, ready);
    if (timed && lane.pace != null) {
      time(lane, ready || lane.waiting == 0 ? Phase.PERMIT : lane.pace.blockedBy());
    }
    if (lane.pace != null && !listeners.isEmpty()) {
      reportPause(lane, requireNonNull(lane.key), lane.pace);
    }
    if (lane.pace != null && lane.waiting == 0 && lane.pace.inFlight() == 0) {
      forget(lane, lane.pace);
    }
    publish();
  }

  private void time(Lane lane, Phase reason) {
    long now = now();
    lane.clock = (lane.clock == null ? new WaitClock(now) : lane.clock).turn(reason, now);
  }

  private void reportPause(Lane lane, Object key, LanePace pace) {
    long now = now();
    Duration pause = pace.parkedFor(now);
    long until = now + pause.toNanos();
    if (!pause.isZero() && until != lane.reportedPause) {
      lane.reportedPause = until;
      listeners.tell(listener -> listener.parked(key, pause));
    }
  }

  private void publish() {
    ready = suspended ? 0 : ring.waiting();
  }

  private boolean mayStart(Lane lane, LanePace pace) {
    long now = now();
    if (refusal(lane) != null) {
      return true;
    }
    if (shared != null && !shared.knowsPauses()) {
      return false;
    }
    long blocked = pace.blockedNanos(now);
    if (blocked > 0 && blocked != LanePace.UNTIL_RELEASE) {
      wakeUp(lane, now, blocked);
    }
    return blocked == 0;
  }

  /** Forgets an idle lane, now or when its bucket is full and its pause over. */
  private void forget(Lane lane, LanePace pace) {
    long now = now();
    long nanos = pace.idleInNanos(now);
    if (nanos > 0) {
      wakeUp(lane, now, nanos);
    } else {
      lanes.remove(requireNonNull(lane.key), lane);
    }
  }

  private void wakeUp(Lane lane, long now, long nanos) {
    long at = now + nanos;
    if (!lane.asleep || at - lane.wakeAt < 0) {
      lane.asleep = true;
      lane.wakeAt = at;
      wakeUp(new WakeUp(lane, at), now);
    }
  }

  private void wakeUp(WakeUp wakeUp, long now) {
    wakeUps.add(wakeUp);
    schedule(now);
  }

  private void schedule(long now) {
    WakeUp first = wakeUps.peek();
    if (first == null || (task != null && first.at - taskAt >= 0)) {
      return;
    }
    if (task != null) {
      task.dispose();
    }
    long at = first.at;
    taskAt = at;
    Disposable made = TimerTasks.surely(timer, () -> wake(at), Math.max(0, at - now));
    task = made.isDisposed() ? null : made;
  }

  private void wake(long at) {
    synchronized (lock) {
      if (task != null && taskAt == at) {
        task = null;
      }
      long now = now();
      WakeUp first = wakeUps.peek();
      while (first != null && first.at - now <= 0) {
        wakeUps.remove();
        wake(first);
        first = wakeUps.peek();
      }
      schedule(now);
    }
    drain.run();
  }

  private void wake(WakeUp wakeUp) {
    Lane lane = wakeUp.lane;
    if (lane == null) {
      suspended = false;
      timeTotal(Phase.PERMIT, now());
      publish();
    } else if (lane.asleep && lane.wakeAt == wakeUp.at) {
      lane.asleep = false;
      update(lane);
    }
  }

  LimiterUsage usage(int limit, int inFlight) {
    synchronized (lock) {
      long now = now();
      int waiting = common.waiting;
      Map<Object, LimiterUsage.OfLane> usage = new HashMap<>();
      for (Lane lane : lanes.values()) {
        LanePace pace = requireNonNull(lane.pace);
        Duration parked = pace.parkedFor(now);
        Circuit circuit = pace.circuit(now);
        waiting += lane.waiting;
        usage.put(
            requireNonNull(lane.key),
            new LimiterUsage.OfLane(pace.limit(), pace.inFlight(), lane.waiting, circuit, parked));
      }
      return new LimiterUsage(limit, inFlight, waiting, Map.copyOf(usage));
    }
  }

  /** A moment at which a lane, or the total rate, must be looked at. */
  private record WakeUp(@Nullable Lane lane, long at) implements Comparable<WakeUp> {
    @Override
    public int compareTo(WakeUp other) {
      // The difference, because monotonic time may be negative and may overflow.
      return Long.signum(at - other.at);
    }
  }
}
