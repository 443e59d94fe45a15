package dev.sluice;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a limiter asks its {@link LaneStore}, what it was last told, and how long the store has not
 * answered. Guarded by the limiter's lock, but for what it passes to the store.
 */
final class SharedLanes {
  private static final long PATIENCE_NANOS = SECONDS.toNanos(30);

  /** A store that is asked fails again sooner: by its time limit of 5 s, after a pause of 1.6 s. */
  private static final long UNASKED_NANOS = SECONDS.toNanos(10);

  private static final long FORGET_NANOS = SECONDS.toNanos(1);
  private static final long POLL_MILLIS = 300;
  private static final long LONGEST_DUE_NANOS = SECONDS.toNanos(3_600);
  private static final int LONGEST_DUE_PERMITS = 1_000;
  private static final int MOST_FAILING = 10_000;
  private static final int PARK_RETRIES = 2;

  private final LaneStore store;
  private final boolean hasPauses;
  private final Scheduler timer;
  private final StoreCalls calls;

  /** Lanes whose last call failed. */
  private final Map<String, Outage> failing = new HashMap<>();

  /** No lease of any lane has been answered since; null if the last one was. */
  private @Nullable Outage leaseOutage;

  private @Nullable Outage pauseOutage;

  private Map<String, Duration> pauses = Map.of();
  private long pausesSince;
  private boolean isPolling;
  private long forgotAt;
  private boolean hasHeard;

  /** From the first failed call to the last one so far. */
  private record Outage(long since, long last, Throwable cause) {
    boolean isLong(long now) {
      return now - since >= PATIENCE_NANOS;
    }

    /** Whether the store was not asked since, so that it may be well again. */
    boolean isOld(long now) {
      return now - last > UNASKED_NANOS;
    }
  }

  SharedLanes(LaneStore store, boolean hasPauses, Scheduler timer, Scheduler threads) {
    this.store = store;
    this.hasPauses = hasPauses;
    this.timer = timer;
    calls = new StoreCalls(timer, threads);
    forgotAt = timer.now(NANOSECONDS);
  }

  /** The store of these bounds; null for none. */
  static @Nullable SharedLanes of(@Nullable Lanes bounds, Scheduler timer, Scheduler threads) {
    if (bounds == null || bounds.store() == null) {
      return null;
    }
    boolean hasPauses = !bounds.parking().isZero();
    return new SharedLanes(requireNonNull(bounds.store()), hasPauses, timer, threads);
  }

  /** Asks for permits. One of the two is called later, without the lock. */
  void lease(
      String lane,
      Rate rate,
      int permits,
      Consumer<? super Duration> leased,
      Consumer<Throwable> failed) {
    long now = timer.now(NANOSECONDS);
    failing.computeIfPresent(lane, (any, outage) -> newer(outage, now));
    leaseOutage = newer(leaseOutage, now);
    calls.start(
        () -> store.lease(lane, rate, permits).map(due -> plausible(due, rate)), leased, failed);
  }

  private static Duration plausible(Duration due, Rate rate) throws IOException {
    Duration longest =
        Duration.ofNanos(LONGEST_DUE_NANOS)
            .plus(Duration.ofNanos(rate.spacedNanos()).multipliedBy(LONGEST_DUE_PERMITS));
    if (due.isNegative() || due.compareTo(DurationText.atMostForever(longest)) > 0) {
      throw new IOException("the store leases permits that are due in " + due);
    }
    return due;
  }

  void leased(String lane) {
    failing.remove(lane);
    leaseOutage = null;
  }

  void leaseFailed(String lane, Throwable e, long now) {
    if (failing.size() > MOST_FAILING) {
      failing.clear();
    }
    failing.put(lane, next(failing.get(lane), e, now));
    leaseOutage = next(leaseOutage, e, now);
  }

  private static Outage next(@Nullable Outage present, Throwable e, long now) {
    return new Outage(present == null ? now : present.since(), now, e);
  }

  /** The outage; null if it is old. */
  private static @Nullable Outage newer(@Nullable Outage outage, long now) {
    return outage == null || outage.isOld(now) ? null : outage;
  }

  /** Forgets outages since which the store was not asked. An attempt fails for newer ones only. */
  private void forgetOld() {
    boolean isWell = pauseOutage == null && leaseOutage == null && failing.isEmpty();
    long now = isWell ? 0 : timer.now(NANOSECONDS);
    // Once a second: this is called for each lane, and may look at thousands.
    if (!isWell && now - forgotAt >= FORGET_NANOS) {
      forgotAt = now;
      pauseOutage = newer(pauseOutage, now);
      leaseOutage = newer(leaseOutage, now);
      failing.values().removeIf(outage -> outage.isOld(now));
    }
  }

  /** Why the attempts of a lane fail instead of waiting; null if they do not. */
  @Nullable LaneStoreException refusal(String lane, long now) {
    Outage ofLane = failing.get(lane);
    for (Outage outage : new @Nullable Outage[] {ofLane, leaseOutage, pauseOutage}) {
      if (outage != null && outage.isLong(now)) {
        return new LaneStoreException(lane, outage.cause());
      }
    }
    return null;
  }

  /** Tells other processes of a pause. */
  void park(String lane, Duration pause) {
    calls.start(
        () -> store.park(lane, pause).retry(PARK_RETRIES).toSingleDefault(true),
        done -> {},
        failed -> {});
  }

  /** Whether the pauses of other processes are known, so that lanes may start attempts. */
  boolean knowsPauses() {
    return !hasPauses || hasHeard;
  }

  /** Whether a last call failed, so that attempts may have to fail instead of waiting. */
  boolean isFailing() {
    return pauseOutage != null || !failing.isEmpty();
  }

  /** Whether any lane was parked when the store was last asked. */
  boolean hasParked() {
    return !pauses.isEmpty();
  }

  /** How much longer a lane is parked by what the store last said; 0 if it is not. */
  long parkedNanos(String lane, long now) {
    Duration pause = pauses.get(lane);
    return pause == null ? 0 : Math.max(0, pausesSince + DurationText.nanos(pause) - now);
  }

  /**
   * Called before a lane asks for what it needs. Begins to ask for pauses, unless it does so. One
   * of the two is called after each answer.
   */
  void poll(Consumer<? super Map<String, Duration>> told, Consumer<Throwable> failed) {
    forgetOld();
    if (hasPauses && !isPolling) {
      isPolling = true;
      ask(told, failed);
    }
  }

  private void ask(Consumer<? super Map<String, Duration>> told, Consumer<Throwable> failed) {
    calls.start(() -> store.pauses().map(Map::copyOf), told, failed);
  }

  void told(Map<String, Duration> newPauses, long now) {
    pauses = newPauses;
    pausesSince = now;
    pauseOutage = null;
    hasHeard = true;
  }

  void notTold(Throwable e, long now) {
    pauseOutage = next(pauseOutage, e, now);
  }

  /** After an answer: asks again later if there is a use for it. */
  void pollAgain(
      boolean isOfUse, Consumer<? super Map<String, Duration>> told, Consumer<Throwable> failed) {
    isPolling = isOfUse;
    if (isOfUse) {
      timer.scheduleDirect(() -> ask(told, failed), POLL_MILLIS, MILLISECONDS);
    } else {
      hasHeard = false;
      pauses = Map.of();
    }
  }
}
