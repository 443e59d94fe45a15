package dev.sluice;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A store that the limiters of one process share. */
final class MemoryLaneStore implements LaneStore {
  private static final int LEAST_BETWEEN_SWEEPS = 1_000;

  /** So early that another lease of all permits at the lowest rate is no overflow. */
  private static final Duration LATEST = Duration.ofSeconds(Long.MAX_VALUE / 4);

  private final Scheduler timer;

  /**
   * When the bucket of each lane is full again (GCRA, ITU-T I.371). A large burst at a low rate
   * takes longer than a {@code long} has nanoseconds for.
   */
  private Map<String, Duration> fullAt = new HashMap<>();

  private final Map<String, Duration> parkedUntil = new HashMap<>();
  private int leasesToSweep = LEAST_BETWEEN_SWEEPS;

  MemoryLaneStore(Scheduler timer) {
    this.timer = requireNonNull(timer, "timer");
  }

  @Override
  public Single<Duration> lease(String lane, Rate rate, int permits) {
    return Single.fromCallable(() -> leased(lane, rate, permits));
  }

  private synchronized Duration leased(String lane, Rate rate, int permits) {
    Duration now = now();
    sweep(now);
    Duration spaced = rate.spacing();
    Duration full =
        min(LATEST, max(fullAt.getOrDefault(lane, now), now)).plus(spaced.multipliedBy(permits));
    fullAt.put(lane, full);
    Duration due = full.minus(spaced.multipliedBy(rate.burst())).minus(now);
    return max(Duration.ZERO, DurationText.atMostForever(due));
  }

  /** Forgets full buckets. Looks at all of them once in as many leases. */
  private void sweep(Duration now) {
    leasesToSweep--;
    if (leasesToSweep > 0) {
      return;
    }
    int before = fullAt.size();
    fullAt.values().removeIf(full -> full.compareTo(now) <= 0);
    leasesToSweep = Math.max(LEAST_BETWEEN_SWEEPS, fullAt.size());
    if (fullAt.size() < before / 4) {
      // The table of a map never shrinks.
      fullAt = new HashMap<>(fullAt);
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  @Override
  public Completable park(String lane, Duration pause) {
    return Completable.fromAction(() -> parked(lane, pause));
  }

  private synchronized void parked(String lane, Duration pause) {
    parkedUntil.merge(lane, now().plus(DurationText.atMostForever(pause)), MemoryLaneStore::max);
  }

  @Override
  public Single<Map<String, Duration>> pauses() {
    return Single.fromCallable(this::left);
  }

  private synchronized Map<String, Duration> left() {
    Duration now = now();
    parkedUntil.values().removeIf(until -> until.compareTo(now) <= 0);
    Map<String, Duration> left = new HashMap<>();
    parkedUntil.forEach(
        (lane, until) -> left.put(lane, DurationText.atMostForever(until.minus(now))));
    return left;
  }

  private Duration now() {
    return Duration.ofNanos(timer.now(NANOSECONDS));
  }
}
