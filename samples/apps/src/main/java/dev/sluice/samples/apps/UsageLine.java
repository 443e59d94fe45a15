package dev.sluice.samples.apps;

import dev.sluice.LimiterUsage;
import dev.sluice.LimiterUsage.OfLane;
import dev.sluice.TerminalText;
import java.util.Comparator;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/** One line about a limiter: its sums, then its lanes, the parked and the busiest first. */
final class UsageLine {
  private static final int MOST_LANES = 20;

  private static final Comparator<Entry<Object, OfLane>> FIRST =
      Comparator.<Entry<Object, OfLane>>comparingLong(
              lane -> -lane.getValue().parkedFor().toMillis())
          .thenComparingInt(lane -> -lane.getValue().waiting())
          .thenComparingInt(lane -> -lane.getValue().inFlight())
          .thenComparing(lane -> lane.getKey().toString());

  private UsageLine() {}

  /** The line, cut where the terminal would wrap it. */
  static String of(LimiterUsage usage, int columns) {
    String lanes =
        usage.lanes().entrySet().stream()
            .sorted(FIRST)
            .limit(MOST_LANES)
            .map(lane -> "; " + lane.getKey() + ": " + words(lane.getValue()))
            .collect(Collectors.joining());
    // One column for the sign that the line is cut; the last column makes some terminals wrap.
    return TerminalText.line(usage + lanes, columns - 2);
  }

  private static String words(OfLane lane) {
    if (!lane.parkedFor().isZero()) {
      return "parked for " + (lane.parkedFor().toSeconds() + 1) + "s";
    }
    String inFlight = lane.inFlight() + " of " + lane.limit();
    return lane.waiting() == 0 ? inFlight : inFlight + ", " + lane.waiting() + " waiting";
  }
}
