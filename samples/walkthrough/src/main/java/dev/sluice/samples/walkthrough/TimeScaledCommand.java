package dev.sluice.samples.walkthrough;

import dev.sluice.samples.ParsedOption;
import picocli.CommandLine.Option;

/** A sample that waits, and for whose waits nobody has to. */
abstract class TimeScaledCommand extends SampleCommand {
  private static final double SLOWEST = 0.01;

  /** Beyond it, what starts in a cold JVM is later than what should come half a second after. */
  private static final double FASTEST = 100;

  @Option(
      names = "--time-scale",
      paramLabel = "N",
      defaultValue = "1.0",
      converter = Scale.class,
      description = "How many times as fast the clock goes. Default: ${DEFAULT-VALUE}.")
  private double timeScale;

  @Override
  final double timeScale() {
    return timeScale;
  }

  static final class Scale extends ParsedOption<Double> {
    Scale() {
      super(Scale::parse);
    }

    private static double parse(String text) {
      try {
        double scale = Double.parseDouble(text);
        if (scale >= SLOWEST && scale <= FASTEST) {
          return scale;
        }
      } catch (NumberFormatException e) {
        throw refusal(text);
      }
      throw refusal(text);
    }

    private static IllegalArgumentException refusal(String text) {
      return new IllegalArgumentException(
          "'%s': allowed are %s to %.0f".formatted(text, SLOWEST, FASTEST));
    }
  }
}
