package dev.sluice.samples.servers.dns;

import java.util.SplittableRandom;

/** Draws the faults, one question after the other. */
final class DnsFaultInjector {
  private final DnsFaults faults;
  private final SplittableRandom random;

  DnsFaultInjector(DnsFaults faults) {
    this.faults = faults;
    random = new SplittableRandom(faults.seed());
  }

  boolean losesIt() {
    return drawn(faults.loss());
  }

  boolean cutsIt() {
    return drawn(faults.truncation());
  }

  /** What the answer says: the truth, unless it is spoilt. */
  Rcode instead(Rcode truth) {
    return drawn(faults.spoilt()) ? faults.rcode() : truth;
  }

  long delayNanos() {
    return faults.delay().drawnBy(random).toNanos();
  }

  boolean isPrompt() {
    return faults.delay().max().isZero();
  }

  private boolean drawn(double rate) {
    return rate > 0 && random.nextDouble() < rate;
  }
}
