package dev.sluice.samples.servers.races;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;

/**
 * What a run of the races may change.
 *
 * @param crowd how many requests race 3 waits for
 * @param timer the clock of the races
 * @param seed servers with the same seed shuffle the letters of race 9 alike
 */
public record RaceRules(int crowd, Scheduler timer, long seed) {
  /** The public scenarios: 10,000 requests, real time. */
  public static RaceRules standard() {
    return new RaceRules(10_000, Schedulers.computation(), System.nanoTime());
  }

  public RaceRules withCrowd(int newCrowd) {
    return new RaceRules(newCrowd, timer, seed);
  }

  public RaceRules withTimer(Scheduler newTimer) {
    return new RaceRules(crowd, newTimer, seed);
  }
}
