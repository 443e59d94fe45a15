package dev.sluice.samples;

/** Reads whole numbers within bounds. */
public final class Numbers {
  private Numbers() {}

  /**
   * Reads a number from least to most, both included.
   *
   * @throws IllegalArgumentException if the text is anything else; the message says what is allowed
   */
  public static int parse(String text, int least, int most) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refusal(text, least, most);
    }
    throw refusal(text, least, most);
  }

  private static IllegalArgumentException refusal(String text, int least, int most) {
    String allowed = most == Integer.MAX_VALUE ? least + " and more" : least + " to " + most;
    return new IllegalArgumentException("'" + text + "': allowed are " + allowed);
  }
}
