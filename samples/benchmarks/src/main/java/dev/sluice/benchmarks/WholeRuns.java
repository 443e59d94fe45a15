package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares whole runs with other programs. Prints a table for each scenario. */
public final class WholeRuns {
  private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

  static {
    SCENARIOS.put("cpu-bound", new CpuBound());
    SCENARIOS.put("steady-state", new SteadyState());
    SCENARIOS.put("journal", new JournalCost());
    SCENARIOS.put("delay-bound", new DelayBound());
    SCENARIOS.put("twenty-flags", new TwentyFlags());
    SCENARIOS.put("flat-memory", new FlatMemory());
    SCENARIOS.put("large-file", new LargeFile());
    SCENARIOS.put("segments", new SlowConnections());
    SCENARIOS.put("dns-million", new DnsMillion());
    SCENARIOS.put("dns-journal", new DnsJournal());
    SCENARIOS.put("dns-memory", new DnsMemory());
    SCENARIOS.put("dns-latency", new DnsLatency());
    SCENARIOS.put("dns-loss", new DnsLoss());
    SCENARIOS.put("dns-adverse", new DnsAdverse());
    SCENARIOS.put("dns-burst", new DnsBurst());
    SCENARIOS.put("ledger", new LedgerRecording());
  }

  private WholeRuns() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      run(BenchmarkOptions.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.printf(BenchmarkOptions.USAGE, String.join(", ", SCENARIOS.keySet()));
      System.exit(2);
    }
  }

  private static void run(BenchmarkOptions settings) throws IOException, InterruptedException {
    List<String> names =
        settings.only().isEmpty() ? List.copyOf(SCENARIOS.keySet()) : settings.only();
    names.forEach(WholeRuns::requireKnown);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(machine());
    if (!ChildProcess.measuresCost()) {
      out.println("CPU and memory are not measured: GNU time is not installed");
    }
    try (ScenarioContext stage = new ScenarioContext(settings, out)) {
      for (String name : names) {
        out.println();
        scenario(name).run(stage);
      }
    }
  }

  private static void requireKnown(String name) {
    if (!SCENARIOS.containsKey(name)) {
      throw new IllegalArgumentException("no such scenario: " + name);
    }
  }

  private static Scenario scenario(String name) {
    return Objects.requireNonNull(SCENARIOS.get(name));
  }

  private static String machine() {
    return "%d cores, JDK %s (%s), %s %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }
}
