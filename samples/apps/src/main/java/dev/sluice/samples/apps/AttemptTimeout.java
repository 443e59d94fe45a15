package dev.sluice.samples.apps;

import dev.sluice.samples.Durations;
import dev.sluice.samples.ParsedOption;
import java.time.Duration;

/**
 * The value of {@code --timeout}. The text is kept, so that the help shows the default the way a
 * person types it.
 *
 * @param text such as {@code 3.1s}
 */
public record AttemptTimeout(Duration duration, String text) {
  /**
   * Reads a timeout.
   *
   * @throws IllegalArgumentException if it is not a duration above zero; the message says what is
   *     allowed
   */
  public static AttemptTimeout parse(String text) {
    return new AttemptTimeout(Durations.parseTimeout(text), text);
  }

  @Override
  public String toString() {
    return text;
  }

  /** Reads the option's value. */
  public static final class Converter extends ParsedOption<AttemptTimeout> {
    public Converter() {
      super(AttemptTimeout::parse);
    }
  }
}
