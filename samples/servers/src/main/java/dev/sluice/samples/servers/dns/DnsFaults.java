package dev.sluice.samples.servers.dns;

import dev.sluice.samples.servers.http.DelayRange;

/**
 * Faults that a server makes on purpose. Every rate is a probability from 0 (never) to 1 (always).
 *
 * @param delay how long a response is delayed
 * @param loss rate of queries over UDP without a response
 * @param truncation rate of truncated responses over UDP, which clients repeat over TCP
 * @param rcode the RCODE of the failed responses
 * @param rcodeRate rate of failed responses: that RCODE and no records
 * @param seed servers with the same seed make the same faults
 */
public record DnsFaults(
    DelayRange delay, double loss, double truncation, Rcode rcode, double rcodeRate, long seed) {
  /** No faults. */
  public static final DnsFaults NONE = new DnsFaults(DelayRange.NONE, 0, 0, Rcode.NOERROR, 0, 0);

  public DnsFaults {
    rate(loss, "loss");
    rate(truncation, "truncation");
    rate(rcodeRate, "rate of an RCODE");
  }

  public DnsFaults withDelay(DelayRange newDelay) {
    return new DnsFaults(newDelay, loss, truncation, rcode, rcodeRate, seed);
  }

  public DnsFaults withLoss(double newLoss) {
    return new DnsFaults(delay, newLoss, truncation, rcode, rcodeRate, seed);
  }

  public DnsFaults withTruncation(double newTruncation) {
    return new DnsFaults(delay, loss, newTruncation, rcode, rcodeRate, seed);
  }

  public DnsFaults withRcode(Rcode newRcode, double newRcodeRate) {
    return new DnsFaults(delay, loss, truncation, newRcode, newRcodeRate, seed);
  }

  public DnsFaults withSeed(long newSeed) {
    return new DnsFaults(delay, loss, truncation, rcode, rcodeRate, newSeed);
  }

  private static void rate(double rate, String name) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "%s is not a %s: allowed are 0 (never) to 1 (always)".formatted(rate, name));
    }
  }
}
