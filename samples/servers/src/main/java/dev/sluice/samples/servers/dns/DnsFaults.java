package dev.sluice.samples.servers.dns;

import dev.sluice.samples.servers.http.DelayRange;

/**
 * What goes wrong on purpose. Every rate is a probability from 0 (never) to 1 (always).
 *
 * @param delay how long an answer is held back
 * @param loss how many questions over UDP get no answer
 * @param truncation how many answers over UDP are cut, so that the client asks again over TCP
 * @param rcode what the answers say that are spoilt
 * @param spoilt how many answers say that, and nothing else
 * @param seed servers with the same seed draw the same faults
 */
public record DnsFaults(
    DelayRange delay, double loss, double truncation, Rcode rcode, double spoilt, long seed) {
  /** All is well. */
  public static final DnsFaults NONE = new DnsFaults(DelayRange.NONE, 0, 0, Rcode.NOERROR, 0, 0);

  public DnsFaults {
    rate(loss, "loss");
    rate(truncation, "truncation");
    rate(spoilt, "rate of an RCODE");
  }

  public DnsFaults withDelay(DelayRange newDelay) {
    return new DnsFaults(newDelay, loss, truncation, rcode, spoilt, seed);
  }

  public DnsFaults withLoss(double newLoss) {
    return new DnsFaults(delay, newLoss, truncation, rcode, spoilt, seed);
  }

  public DnsFaults withTruncation(double newTruncation) {
    return new DnsFaults(delay, loss, newTruncation, rcode, spoilt, seed);
  }

  public DnsFaults withRcode(Rcode newRcode, double newSpoilt) {
    return new DnsFaults(delay, loss, truncation, newRcode, newSpoilt, seed);
  }

  public DnsFaults withSeed(long newSeed) {
    return new DnsFaults(delay, loss, truncation, rcode, spoilt, newSeed);
  }

  private static void rate(double rate, String name) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "%s is not a %s: allowed are 0 (never) to 1 (always)".formatted(rate, name));
    }
  }
}
