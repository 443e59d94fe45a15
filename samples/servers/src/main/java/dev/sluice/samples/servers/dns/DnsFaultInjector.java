package dev.sluice.samples.servers.dns;

import java.util.SplittableRandom;

/** Decides for each query which faults it meets. Not thread-safe. */
final class DnsFaultInjector {
  private final DnsFaults faults;
  private final SplittableRandom random;

  DnsFaultInjector(DnsFaults faults) {
    this.faults = faults;
    random = new SplittableRandom(faults.seed());
  }

  boolean loseQuery() {
    return drawn(faults.loss());
  }

  boolean truncate() {
    return drawn(faults.truncation());
  }

  /** The RCODE to answer with: the correct one, or the one that the faults put in its place. */
  Rcode rcode(Rcode correct) {
    return drawn(faults.rcodeRate()) ? faults.rcode() : correct;
  }

  long delayNanos() {
    return faults.delay().drawnBy(random).toNanos();
  }

  boolean answersAtOnce() {
    return faults.delay().max().isZero();
  }

  private boolean drawn(double rate) {
    return rate > 0 && random.nextDouble() < rate;
  }
}
