package dev.sluice.samples.servers.races;

import java.time.Duration;

/**
 * What a run of the races may change.
 *
 * @param crowd how many requests race 3 waits for
 * @param second how long a second of the races lasts
 * @param seed servers with the same seed shuffle the letters of race 9 alike
 */
public record RaceRules(int crowd, Duration second, long seed) {
  /** The public scenarios: 10,000 requests, real seconds. */
  public static RaceRules standard() {
    return new RaceRules(10_000, Duration.ofSeconds(1), System.nanoTime());
  }

  public RaceRules withCrowd(int newCrowd) {
    return new RaceRules(newCrowd, second, seed);
  }

  public RaceRules withSecond(Duration newSecond) {
    return new RaceRules(crowd, newSecond, seed);
  }
}
