package dev.sluice.samples.watching;

import dev.sluice.Limiter;
import dev.sluice.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Micrometer meters of a limiter: {@code sluice.in.flight}, {@code sluice.waiting} and {@code
 * sluice.lanes.parked} are gauges; {@code sluice.permit} (the wait for a permit), {@code
 * sluice.attempt} (by status) and {@code sluice.pause} are timers; {@code sluice.retry}, {@code
 * sluice.outcome} and {@code sluice.missed} are counters. The tag {@code lane} makes a time series
 * of each host: leave it out where there are thousands.
 */
final class MeterListener extends ClosableListener {
  private final MeterRegistry meters;

  MeterListener(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  void watch(Limiter limiter) {
    super.watch(limiter);
    meters.gauge("sluice.in.flight", List.of(), limiter, Limiter::inFlight);
    meters.gauge("sluice.waiting", List.of(), limiter, l -> l.usage().waiting());
    meters.gauge("sluice.lanes.parked", List.of(), limiter, l -> l.usage().parked());
  }

  private static Tags lane(@Nullable Object lane) {
    return Tags.of("lane", lane == null ? "none" : lane.toString());
  }

  @Override
  public void started(Attempt attempt, Duration waited) {
    meters.timer("sluice.permit", lane(attempt.lane())).record(waited);
  }

  @Override
  public void ended(Attempt attempt, Status status, Duration took, @Nullable Throwable error) {
    Tag how = Tag.of("status", status.name().toLowerCase(Locale.ROOT));
    Tag why = Tag.of("error", error == null ? "none" : error.getClass().getSimpleName());
    meters.timer("sluice.attempt", lane(attempt.lane()).and(how, why)).record(took);
  }

  @Override
  public void retried(Attempt attempt, Duration wait, IOException cause) {
    meters.counter("sluice.retry", lane(attempt.lane())).increment();
  }

  @Override
  public void parked(Object lane, Duration pause) {
    meters.timer("sluice.pause", lane(lane)).record(pause);
  }

  @Override
  public void outcome(Outcome<?, ?> outcome) {
    meters.counter("sluice.outcome", "kind", outcome.getClass().getSimpleName()).increment();
  }

  @Override
  public void missed(long events) {
    meters.counter("sluice.missed").increment((double) events);
  }
}
