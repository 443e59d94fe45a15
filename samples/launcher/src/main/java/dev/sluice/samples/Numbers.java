package dev.sluice.samples;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Reads numbers within bounds, in ASCII digits as the messages and the help write them, and says
 * how many there are of a thing.
 */
public final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");
  private static final Pattern DECIMAL =
      Pattern.compile("(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE]-?[0-9]+)?");

  private Numbers() {}

  /**
   * Reads a whole number from least to most, both included.
   *
   * @throws IllegalArgumentException if the text is anything else; the message says what is allowed
   */
  public static int parse(String text, int least, int most) {
    String word = text.strip();
    if (!WHOLE.matcher(word).matches()) {
      throw refusal(text, andMore(least, most));
    }
    BigInteger number = new BigInteger(word);
    if (number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw refusal(text, least + " to " + most);
    }
    if (number.compareTo(BigInteger.valueOf(least)) < 0) {
      throw refusal(text, andMore(least, most));
    }
    return number.intValueExact();
  }

  /**
   * Reads a probability.
   *
   * @param what the name of the value in the message, such as {@code an error rate}
   * @param allowed what the bounds mean, such as {@code 0 (never) to 1 (always)}
   * @throws IllegalArgumentException if the text is not a number from 0 to 1; the message says what
   *     is allowed
   */
  public static double parseProbability(String text, String what, String allowed) {
    String word = text.strip();
    double probability = DECIMAL.matcher(word).matches() ? Double.parseDouble(word) : -1;
    if (probability >= 0 && probability <= 1) {
      return probability;
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not " + what + ": allowed are " + allowed);
  }

  /** A number and a noun: {@code 1 flag}, {@code 2 flags}. */
  public static String counted(long count, String thing) {
    return count + " " + noun(count, thing);
  }

  /** The noun for a number of things: {@code flag} for 1, {@code flags} for any other. */
  public static String noun(long count, String thing) {
    return count == 1 ? thing : thing + "s";
  }

  private static String andMore(int least, int most) {
    return most == Integer.MAX_VALUE ? least + " and more" : least + " to " + most;
  }

  private static IllegalArgumentException refusal(String text, String allowed) {
    return new IllegalArgumentException("'" + text + "': allowed are " + allowed);
  }
}
