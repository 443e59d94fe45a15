package dev.sluice.samples.apps;

import static java.util.Objects.requireNonNull;

import dev.sluice.DurationText;
import dev.sluice.LimiterUsage;
import dev.sluice.LimiterUsage.OfLane;
import dev.sluice.Outcome;
import dev.sluice.Tally;
import dev.sluice.TerminalText;
import dev.sluice.samples.Numbers;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of the keys of each lane, and what was seen of its limiter now and then. Not
 * thread-safe.
 */
final class LaneTable {
  private static final int MOST_ROWS = 10;
  private static final int LONGEST_NAME = 40;

  /** The row of the keys without a lane, and of the whole limiter. */
  private static final String ALL = "all";

  private final LongSupplier nanoClock;
  private final Map<Object, Figures> lanes = new HashMap<>();
  private final Figures all = new Figures();
  private long seenAt;

  LaneTable(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    seenAt = nanoClock.getAsLong();
  }

  /** Counts an outcome. */
  void count(@Nullable Object lane, Outcome<?, ?> outcome) {
    all.tally = all.tally.plus(outcome);
    if (lane != null) {
      Figures figures = figures(lane);
      figures.tally = figures.tally.plus(outcome);
    }
  }

  /** Takes what a limiter does at this moment into account. */
  void see(LimiterUsage usage) {
    long now = nanoClock.getAsLong();
    long passed = now - seenAt;
    seenAt = now;
    all.see(usage.inFlight(), usage.waiting(), false, passed);
    usage.lanes().keySet().forEach(this::figures);
    lanes.forEach((lane, figures) -> figures.see(usage.lane(lane), passed));
  }

  private Figures figures(Object lane) {
    return requireNonNull(lanes.computeIfAbsent(lane, unused -> new Figures()));
  }

  /** Prints a row for each lane, those with the most keys first, and one for all. */
  void print(PrintWriter to) {
    List<Map.Entry<Object, Figures>> sorted =
        lanes.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<Object, Figures>>comparingLong(
                        lane -> -lane.getValue().tally.total())
                    .thenComparing(lane -> lane.getKey().toString()))
            .toList();
    List<Map.Entry<Object, Figures>> shown = sorted.stream().limit(MOST_ROWS).toList();
    int width =
        Stream.concat(Stream.of(ALL, "lane"), shown.stream().map(lane -> name(lane.getKey())))
            .mapToInt(String::length)
            .max()
            .orElseThrow();
    String start = "%-" + width + "s  ";
    to.println(
        String.format(Locale.ROOT, start, "lane")
            + "     done  not found   failed  in flight  waiting  parked");
    shown.forEach(lane -> to.println(row(start, name(lane.getKey()), lane.getValue())));
    if (sorted.size() > shown.size()) {
      to.println("and " + (sorted.size() - shown.size()) + " more");
    }
    // A key that is none has no lane.
    if (sorted.size() != 1 || !sorted.get(0).getValue().tally.equals(all.tally)) {
      to.println(row(start, ALL, all));
    }
    to.flush();
  }

  private static String name(Object lane) {
    return TerminalText.line(lane.toString(), LONGEST_NAME);
  }

  private static String row(String start, String name, Figures figures) {
    return String.format(
        Locale.ROOT,
        start + "%9d %10d %8d %10d %8d  %s",
        name,
        figures.tally.succeeded(),
        figures.tally.notFound(),
        figures.tally.failed(),
        figures.mostInFlight,
        figures.mostWaiting,
        figures.parked());
  }

  /** Of one lane. */
  private static final class Figures {
    private Tally tally = Tally.ZERO;
    private int mostInFlight;
    private int mostWaiting;
    private int parkings;
    private long parkedNanos;
    private boolean isParked;

    void see(OfLane lane, long passed) {
      see(lane.inFlight(), lane.waiting(), !lane.parkedFor().isZero(), passed);
    }

    void see(int inFlight, int waiting, boolean parked, long passed) {
      mostInFlight = Math.max(mostInFlight, inFlight);
      mostWaiting = Math.max(mostWaiting, waiting);
      if (isParked) {
        parkedNanos += passed;
      } else if (parked) {
        parkings++;
      }
      isParked = parked;
    }

    String parked() {
      Duration rounded = Duration.ofMillis(parkedNanos / 100_000_000 * 100);
      return parkings == 0
          ? "-"
          : Numbers.counted(parkings, "time") + ", " + DurationText.of(rounded);
    }
  }
}
