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
  private final Scheduler timer;

  /** When the bucket of each lane is full again (GCRA, ITU-T I.371). */
  private final Map<String, Long> fullAt = new HashMap<>();

  private final Map<String, Long> parkedUntil = new HashMap<>();

  MemoryLaneStore(Scheduler timer) {
    this.timer = requireNonNull(timer, "timer");
  }

  @Override
  public Single<Duration> lease(String lane, Rate rate, int permits) {
    return Single.fromCallable(() -> leased(lane, rate, permits));
  }

  private synchronized Duration leased(String lane, Rate rate, int permits) {
    long now = now();
    long spaced = rate.spacedNanos();
    long full = Math.max(fullAt.getOrDefault(lane, now), now) + permits * spaced;
    fullAt.put(lane, full);
    return Duration.ofNanos(Math.max(0, full - rate.burst() * spaced - now));
  }

  @Override
  public Completable park(String lane, Duration pause) {
    return Completable.fromAction(() -> parked(lane, pause));
  }

  private synchronized void parked(String lane, Duration pause) {
    parkedUntil.merge(lane, now() + pause.toNanos(), Math::max);
  }

  @Override
  public Single<Map<String, Duration>> pauses() {
    return Single.fromCallable(this::left);
  }

  private synchronized Map<String, Duration> left() {
    long now = now();
    parkedUntil.values().removeIf(until -> until <= now);
    Map<String, Duration> left = new HashMap<>();
    parkedUntil.forEach((lane, until) -> left.put(lane, Duration.ofNanos(until - now)));
    return left;
  }

  private long now() {
    return timer.now(NANOSECONDS);
  }
}
