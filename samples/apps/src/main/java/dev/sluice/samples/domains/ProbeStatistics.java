package dev.sluice.samples.domains;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Counts verdicts and describes the progress of a run. Thread-safe. */
public final class ProbeStatistics {
  private final LongSupplier nanoClock;
  private final DoubleSupplier share;
  private final long start;
  private final Map<ProbeVerdict, LongAdder> counts = new EnumMap<>(ProbeVerdict.class);

  /**
   * @param share the part of the input that has been read, from 0 to 1; 0 if it is not known
   * @param verdicts the possible verdicts, in the order of the output
   */
  ProbeStatistics(LongSupplier nanoClock, DoubleSupplier share, List<ProbeVerdict> verdicts) {
    this.nanoClock = nanoClock;
    this.share = share;
    start = nanoClock.getAsLong();
    for (ProbeVerdict verdict : verdicts) {
      counts.put(verdict, new LongAdder());
    }
  }

  public void count(ProbeVerdict verdict) {
    counter(verdict).increment();
  }

  public long of(ProbeVerdict verdict) {
    return counter(verdict).sum();
  }

  long done() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  String progress() {
    double seconds = seconds();
    double begun = share.getAsDouble();
    String left =
        begun > 0 && begun < 1
            ? text(", %.0f s left", Math.ceil(seconds * (1 - begun) / begun))
            : "";
    return counted() + text(", %.0f/s", done() / Math.max(seconds, 1e-9)) + left;
  }

  public String summary() {
    return counted() + text(" in %.2f s, %.0f/s", seconds(), done() / Math.max(seconds(), 1e-9));
  }

  private LongAdder counter(ProbeVerdict verdict) {
    return requireNonNull(counts.get(verdict));
  }

  private String counted() {
    return counts.entrySet().stream()
        .map(count -> count.getValue().sum() + " " + count.getKey().words())
        .collect(Collectors.joining(", ", done() + " done: ", ""));
  }

  private double seconds() {
    return (nanoClock.getAsLong() - start) / 1e9;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
