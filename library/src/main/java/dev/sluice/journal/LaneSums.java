package dev.sluice.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.Phase;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums of each lane; of the lanes that come after many others, together. */
final class LaneSums {
  private static final int MOST = 10_000;
  private static final String OTHERS = "…";

  private final Map<String, Sums> lanes = new HashMap<>();

  private static final class Sums {
    private long outcomes;
    private long failures;
    private int permits;
    private int lanePermits;
    private long totalMicros;
    private final Map<Phase, Long> micros = new EnumMap<>(Phase.class);

    private LaneTimes times(String lane) {
      Map<Phase, Duration> times = new EnumMap<>(Phase.class);
      micros.forEach((phase, sum) -> times.put(phase, Micros.duration(sum)));
      Duration total = Micros.duration(totalMicros);
      return new LaneTimes(
          lane, outcomes, failures, total, new PhaseTimes(times), permits, lanePermits);
    }
  }

  void add(JournalEntry entry) {
    String lane = entry.lane() == null ? "" : entry.lane();
    boolean isKnown = lanes.size() < MOST || lanes.containsKey(lane);
    Sums sums =
        requireNonNull(lanes.computeIfAbsent(isKnown ? lane : OTHERS, unused -> new Sums()));
    sums.outcomes++;
    sums.failures += entry.verdict() == JournalVerdict.FAILURE ? 1 : 0;
    // The number is that of the longer wait.
    long laneWait = entry.phases().micros(Phase.LANE);
    long permitWait = entry.phases().micros(Phase.PERMIT);
    if (laneWait > permitWait) {
      sums.lanePermits = Math.max(sums.lanePermits, entry.permits());
    } else if (permitWait > 0) {
      sums.permits = Math.max(sums.permits, entry.permits());
    }
    sums.totalMicros = Micros.sum(sums.totalMicros, Micros.ofEntry(entry.took()));
    entry
        .phases()
        .of()
        .forEach((phase, time) -> sums.micros.merge(phase, Micros.of(time), Micros::sum));
  }

  /** How many permits there were in all, as far as keys waited for them. */
  int mostPermits() {
    int all = lanes.values().stream().mapToInt(sums -> sums.permits).max().orElse(0);
    boolean known = lanes.values().stream().allMatch(sums -> sums.lanePermits > 0);
    long ofLanes = lanes.values().stream().mapToLong(sums -> sums.lanePermits).sum();
    long most = Math.min(all > 0 ? all : Integer.MAX_VALUE, known ? ofLanes : Integer.MAX_VALUE);
    return (int) most;
  }

  /** The lane with the most time first. */
  List<LaneTimes> sorted() {
    return lanes.entrySet().stream()
        .map(each -> each.getValue().times(each.getKey()))
        .sorted(
            Comparator.<LaneTimes, Duration>comparing(LaneTimes::total)
                .reversed()
                .thenComparing(LaneTimes::lane))
        .toList();
  }
}
