package dev.sluice.samples.servers.http;

import dev.sluice.samples.Numbers;

/** Probabilities of faults. */
final class Probability {
  private static final String WHAT = "a probability";
  private static final String ALLOWED = "0 (never) to 1 (always)";

  private Probability() {}

  /**
   * Reads a probability.
   *
   * @throws IllegalArgumentException if the text is none; the message says what is allowed
   */
  static double parse(String text) {
    return Numbers.parseProbability(text, WHAT, ALLOWED);
  }

  static double checked(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "'" + probability + "' is not " + WHAT + ": allowed are " + ALLOWED);
    }
    return probability;
  }
}
