package dev.sluice.journal;

import dev.sluice.Phase;
import dev.sluice.TerminalText;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The sentence of a report that says what took the most time. */
final class Bottleneck {
  /** A lane with this share of a phase stands for the whole phase. */
  private static final double NEARLY_ALL = 0.9;

  private static final List<Phase> WAITS =
      List.of(Phase.PERMIT, Phase.LANE, Phase.RATE, Phase.PAUSE, Phase.BACKOFF);

  private final RunReport report;
  private final Map<Phase, Long> micros = new EnumMap<>(Phase.class);

  private Bottleneck(RunReport report) {
    this.report = report;
    report.phases().forEach((phase, times) -> micros.put(phase, Micros.of(times.total())));
  }

  static String sentence(RunReport report) {
    return new Bottleneck(report).sentence();
  }

  private String sentence() {
    Optional<Phase> longest = longest(List.of(Phase.values()));
    double total = report.allMicros();
    if (longest.isEmpty() || total == 0) {
      return "";
    }
    return share(longest.get(), total)
        + " of the time went into "
        + what(longest.get())
        + whileNotWaiting(longest.get(), total);
  }

  /** A wait for a permit is as long as what the others do with it. */
  private String whileNotWaiting(Phase longest, double total) {
    long waits = WAITS.stream().map(wait -> micros.getOrDefault(wait, 0L)).reduce(0L, Micros::sum);
    Optional<Phase> next =
        longest(List.of(Phase.values()).stream().filter(phase -> !WAITS.contains(phase)).toList());
    return WAITS.contains(longest) && next.isPresent() && total > waits
        ? ", and " + share(next.get(), total - waits) + " of the rest into " + what(next.get())
        : "";
  }

  private Optional<Phase> longest(List<Phase> of) {
    return of.stream()
        .filter(phase -> micros.getOrDefault(phase, 0L) > 0)
        .max(Comparator.comparing(phase -> micros.getOrDefault(phase, 0L)));
  }

  private String share(Phase phase, double total) {
    return Math.round(100.0 * micros.getOrDefault(phase, 0L) / total) + " %";
  }

  private String what(Phase phase) {
    return switch (phase) {
      case PERMIT ->
          "waiting for " + permits(most(phase).map(LaneTimes::permits)) + " of the whole run";
      case LANE -> "waiting for " + permits(lanePermits()) + on(phase);
      case RATE -> "waiting for the rate limit" + on(phase);
      case PAUSE -> "pauses that the server asked for" + on(phase);
      case BACKOFF -> "waits before another attempt" + on(phase);
      case DNS -> "looking up names" + on(phase);
      case CONNECT -> "connecting" + on(phase);
      case FIRST_BYTE -> "waiting for the first byte" + on(phase);
      case BODY -> "receiving bodies" + on(phase);
      case ATTEMPT -> "attempts" + on(phase);
      case DISK -> "the steps after the attempts, such as the disk";
    };
  }

  private static String permits(Optional<Integer> count) {
    int permits = count.orElse(0);
    return permits == 0 ? "permits" : permits == 1 ? "1 permit" : permits + " permits";
  }

  /** How many permits each lane has that keys waited for; none if they differ. */
  private Optional<Integer> lanePermits() {
    boolean isSame = lanes(Phase.LANE).map(LaneTimes::lanePermits).distinct().count() == 1;
    return most(Phase.LANE)
        .filter(lane -> isSame || isNearlyAll(lane, Phase.LANE))
        .map(LaneTimes::lanePermits)
        .filter(permits -> permits > 0);
  }

  private Stream<LaneTimes> lanes(Phase phase) {
    return report.lanes().stream().filter(lane -> lane.phases().micros(phase) > 0);
  }

  private boolean isNearlyAll(LaneTimes lane, Phase phase) {
    long all = lanes(phase).map(each -> each.phases().micros(phase)).reduce(0L, Micros::sum);
    return lane.phases().micros(phase) >= NEARLY_ALL * all;
  }

  /** The lane with the most of this phase. */
  private Optional<LaneTimes> most(Phase phase) {
    return lanes(phase).max(Comparator.comparing(lane -> lane.phases().micros(phase)));
  }

  /** Where: {@code on h1} if that is nearly all, else {@code on 20 lanes, most of it on h1}. */
  private String on(Phase phase) {
    Optional<LaneTimes> most = most(phase);
    if (most.isEmpty() || most.get().lane().isEmpty()) {
      return "";
    }
    String lane = " on " + TerminalText.line(most.get().lane());
    if (isNearlyAll(most.get(), phase)) {
      return lane;
    }
    String each = phase == Phase.LANE && lanePermits().isPresent() ? " each" : "";
    return each + " on " + lanes(phase).count() + " lanes, the most" + lane;
  }
}
