package dev.sluice.benchmarks;

import java.util.Locale;
import java.util.OptionalDouble;

/** The target of a figure. A run that misses it prints so and continues. */
record TargetFigure(double bound, boolean isFloor) {

  static TargetFigure atLeast(double bound) {
    return new TargetFigure(bound, true);
  }

  static TargetFigure atMost(double bound) {
    return new TargetFigure(bound, false);
  }

  String verdict(String figure, OptionalDouble value) {
    String wanted = String.format(Locale.ROOT, "%s %.2f", isFloor ? "at least" : "at most", bound);
    if (value.isEmpty()) {
      return "%s: %s wanted, not measured".formatted(figure, wanted);
    }
    double measured = value.getAsDouble();
    boolean met = isFloor ? measured >= bound : measured <= bound;
    return String.format(
        Locale.ROOT, "%s: %.2f, %s wanted: %s", figure, measured, wanted, met ? "met" : "MISSED");
  }
}
