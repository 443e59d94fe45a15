package dev.sluice.rdap;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.reactivex.rxjava3.core.Scheduler;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock that goes on with virtual time, from {@link #START} on. */
final class VirtualClock extends Clock {
  static final Instant START = Instant.parse("2026-12-01T00:00:00Z");

  private final Scheduler timer;

  VirtualClock(Scheduler timer) {
    this.timer = timer;
  }

  @Override
  public Instant instant() {
    return START.plusMillis(timer.now(MILLISECONDS));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
