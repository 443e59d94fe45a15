package dev.sluice.samples.servers.http;

/** Probabilities as people type them. */
final class Probability {
  private Probability() {}

  /**
   * Reads a probability.
   *
   * @throws IllegalArgumentException if the text is none; the message says what is allowed
   */
  static double parse(String text) {
    try {
      return checked(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw refusal(text);
    }
  }

  static double checked(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw refusal(String.valueOf(probability));
    }
    return probability;
  }

  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a probability: allowed are 0 (never) to 1 (always)");
  }
}
