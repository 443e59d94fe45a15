package dev.sluice.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Answers after 20 ms, 1,000 queries at once: 50,000 a second are the upper bound. */
final class DnsLatency implements Scenario {
  private static final int NAMES = 250_000;
  private static final int LIMIT = 1_000;
  private static final int WARM_UPS = 2;
  private static final Duration LATENCY = Duration.ofMillis(20);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Override
  public void run(ScenarioContext stage) throws IOException {
    try (Cores cores = Cores.split()) {
      stage
          .out()
          .printf(
              "dns-latency: %,d names, 20 ms each, %,d at once, warm, %s%n", NAMES, LIMIT, cores);
      run(stage, cores);
    }
  }

  private static void run(ScenarioContext stage, Cores cores) throws IOException {
    InProcessProbes probes = InProcessProbes.create(stage.scratch(), LIMIT, TIMEOUT, 3);
    for (int i = 0; i < WARM_UPS; i++) {
      once(stage, probes, cores);
    }
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < stage.settings().runs(); i++) {
      runs.add(once(stage, probes, cores));
    }
    ResultTable table = new ResultTable(NAMES);
    table.add("ours, warm", runs.stream().map(Run::usage).toList());
    table.print(stage.out());
    double rate = NAMES / table.medianSeconds("ours, warm");
    judge(stage, rate, "20 ms", (double) LATENCY.toMillis());
    // Subtracts what the server was late: that is not the client's.
    double late = runs.stream().mapToDouble(Run::lateMillis).sorted().toArray()[runs.size() / 2];
    judge(stage, rate, "what the server took", LATENCY.toMillis() + late);
  }

  private static void judge(ScenarioContext stage, double rate, String latency, double millis) {
    double most = LIMIT * 1_000.0 / millis;
    stage.judge(
        String.format(Locale.ROOT, "share of the %,.0f a second possible at %s", most, latency),
        OptionalDouble.of(rate / most),
        TargetFigure.atLeast(0.95));
  }

  /** The time of one run, and how late the answers of the server were on average. */
  private record Run(ResourceUsage usage, double lateMillis) {}

  private static Run once(ScenarioContext stage, InProcessProbes probes, Cores cores)
      throws IOException {
    List<String> options = stage.settings().javaOptions();
    try (SlowServerProcess server = SlowServerProcess.start(NAMES, LATENCY, options, cores)) {
      InProcessProbes.Result result = probes.run(server.port(), NAMES);
      String lateness = server.lateness();
      stage.out().println("the server: " + lateness);
      if (result.verdicts().found() != NAMES) {
        throw new IllegalStateException("not every name was found: " + result.verdicts());
      }
      return new Run(result.usage(), Lateness.averageMillis(lateness));
    }
  }
}
