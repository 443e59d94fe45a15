package dev.sluice.samples.walkthrough;

import dev.sluice.samples.ParsedOption;
import java.util.Locale;
import picocli.CommandLine.Option;

/** A sample with timed waits, which {@code --time-scale} shortens. */
abstract class TimeScaledCommand extends SampleCommand {
  private static final double SLOWEST = 0.01;

  /** Beyond this, the delays of a cold JVM are longer than the gaps between events. */
  private static final double FASTEST = 100;

  @Option(
      names = "--time-scale",
      paramLabel = "N",
      defaultValue = "1.0",
      converter = Scale.class,
      description = "How many seconds of the sample pass in a second.")
  private double timeScale;

  @Override
  final double timeScale() {
    return timeScale;
  }

  /** A number from {@link #SLOWEST} to {@link #FASTEST}. */
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
          String.format(Locale.ROOT, "'%s': allowed are %s to %.0f", text, SLOWEST, FASTEST));
    }
  }
}
