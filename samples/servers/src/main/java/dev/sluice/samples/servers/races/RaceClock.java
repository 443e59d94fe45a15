package dev.sluice.samples.servers.races;

import io.reactivex.rxjava3.core.Maybe;

/** The clock of the races. */
@FunctionalInterface
interface RaceClock {
  /** A value after so many seconds of the races. */
  Maybe<Long> wait(int seconds);
}
