package dev.sluice.samples.walkthrough;

import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * Places seconds on a line of columns.
 *
 * @param perSecond columns for each second
 * @param step seconds between two ticks
 */
record TimeAxis(double perSecond, double step, double seconds) {
  private static final int COLUMNS = 50;
  private static final double TICK_COLUMNS = 5;
  private static final List<Double> PER_SECOND = List.of(20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1);
  private static final List<Double> STEPS = List.of(0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0);

  /** An axis of up to 50 columns for so many seconds, or a longer one for more than 500. */
  static TimeAxis of(double seconds) {
    double perSecond = first(PER_SECOND, columns -> columns * seconds <= COLUMNS);
    return new TimeAxis(perSecond, first(STEPS, step -> step * perSecond >= TICK_COLUMNS), seconds);
  }

  int column(double second) {
    return (int) Math.round(second * perSecond);
  }

  List<Double> ticks() {
    int last = (int) Math.floor(seconds / step + 1e-6);
    return IntStream.rangeClosed(0, last).mapToObj(tick -> tick * step).toList();
  }

  static String text(double second) {
    return second == Math.rint(second)
        ? String.format(Locale.ROOT, "%.0f", second)
        : String.format(Locale.ROOT, "%.1f", second);
  }

  private static double first(List<Double> candidates, DoublePredicate fits) {
    return candidates.stream()
        .filter(fits::test)
        .findFirst()
        .orElse(candidates.get(candidates.size() - 1));
  }
}
