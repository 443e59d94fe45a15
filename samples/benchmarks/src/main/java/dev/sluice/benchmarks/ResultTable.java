package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Markdown table with a row for each program. */
final class ResultTable {
  private static final String ROW = "| %-22s | %8s | %15s | %8s | %11s | %8s | %9s |%n";

  private final int items;
  private final Map<String, List<ResourceUsage>> rows = new LinkedHashMap<>();
  private final Map<String, String> obstacles = new LinkedHashMap<>();

  ResultTable(int items) {
    this.items = items;
  }

  /** Adds a row. The others are compared with the first. No runs means not installed. */
  void add(String name, List<ResourceUsage> runs) {
    rows.put(name, List.copyOf(runs));
  }

  /** Adds a program that could not run for another reason. */
  void skip(String name, String obstacle) {
    rows.put(name, List.of());
    obstacles.put(name, obstacle);
  }

  /** The ratio of the medians to that of the first row. */
  OptionalDouble ratioToOurs(String name) {
    List<ResourceUsage> ours = rows.values().iterator().next();
    List<ResourceUsage> runs = rows.getOrDefault(name, List.of());
    return runs.isEmpty() || ours.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(median(seconds(runs)) / median(seconds(ours)));
  }

  /** The median of the ratios to the first row, of runs that took turns with those of that row. */
  double medianOfRatiosToOurs(String name) {
    List<ResourceUsage> ours = rows.values().iterator().next();
    List<ResourceUsage> runs = rows.getOrDefault(name, List.of());
    return median(
        IntStream.range(0, runs.size())
            .mapToDouble(i -> runs.get(i).seconds() / ours.get(i).seconds())
            .sorted()
            .toArray());
  }

  double medianSeconds(String name) {
    return median(seconds(rows.getOrDefault(name, List.of())));
  }

  void print(PrintStream out) {
    out.printf(
        ROW, "program", "median s", "min..max s", "items/s", "CPU s/1,000", "peak MB", "× ours");
    out.printf(ROW, "---", "--:", "--:", "--:", "--:", "--:", "--:");
    rows.forEach((name, runs) -> printRow(out, name, runs));
  }

  private void printRow(PrintStream out, String name, List<ResourceUsage> runs) {
    if (runs.isEmpty()) {
      out.printf(
          ROW, name, "skipped:", obstacles.getOrDefault(name, "not installed"), "", "", "", "");
      return;
    }
    double[] sorted = seconds(runs);
    double seconds = median(sorted);
    out.printf(
        ROW,
        name,
        number("%.2f", seconds),
        number("%.2f", sorted[0]) + ".." + number("%.2f", sorted[sorted.length - 1]),
        number("%,.0f", items / seconds),
        known("%.3f", runs.stream().map(ResourceUsage::cpuSeconds), 1_000.0 / items),
        known("%.0f", runs.stream().map(ResourceUsage::peakMegabytes), 1),
        known("%.2f", Stream.of(ratioToOurs(name)), 1));
  }

  private static String known(String format, Stream<OptionalDouble> values, double factor) {
    double[] sorted = values.flatMapToDouble(OptionalDouble::stream).sorted().toArray();
    return sorted.length == 0 ? "–" : number(format, median(sorted) * factor);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static double[] seconds(List<ResourceUsage> runs) {
    return runs.stream().mapToDouble(ResourceUsage::seconds).sorted().toArray();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
