package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Runs probing programs in turn, A B C A B C, and checks their verdicts. */
final class ProbeComparison {
  private final List<ProbeProgram> probers;
  private final int names;
  private final Map<ProbeProgram, List<ResourceUsage>> usages = new LinkedHashMap<>();
  private final Map<ProbeProgram, List<VerdictTotals>> verdicts = new LinkedHashMap<>();

  /** The time of a program with fewer names is scaled up to all names. */
  ProbeComparison(List<ProbeProgram> probers, int names) {
    this.probers = List.copyOf(probers);
    this.names = names;
  }

  ResultTable run(int rounds, ScenarioContext stage) throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      for (ProbeProgram prober : probers) {
        if (prober.isHere()) {
          once(prober, new ChildProcess(stage.scratch()));
        }
      }
    }
    ResultTable table = new ResultTable(names);
    for (ProbeProgram prober : probers) {
      if (prober.isHere()) {
        table.add(prober.name(), usages.getOrDefault(prober, List.of()));
      } else {
        table.skip(prober.name(), prober.obstacle());
      }
    }
    report(stage.out());
    return table;
  }

  private void once(ProbeProgram prober, ChildProcess child)
      throws IOException, InterruptedException {
    ResourceUsage usage = child.run(prober.command());
    String output = child.output();
    OptionalDouble own = prober.seconds().apply(output);
    if (own.isPresent()) {
      usage = usage.withWall(Duration.ofNanos((long) (own.getAsDouble() * 1e9)));
    }
    usages
        .computeIfAbsent(prober, p -> new ArrayList<>())
        .add(usage.scaledBy((double) names / prober.names()));
    verdicts.computeIfAbsent(prober, p -> new ArrayList<>()).add(prober.verdicts().apply(output));
  }

  private void report(PrintStream out) {
    for (ProbeProgram prober : probers) {
      if (!prober.isHere()) {
        continue;
      }
      List<VerdictTotals> wrong =
          verdicts.getOrDefault(prober, List.of()).stream()
              .filter(said -> !said.equals(prober.expected()))
              .toList();
      out.printf(
          "%s: %,d verdicts%s, %s%n",
          prober.name(),
          prober.names(),
          prober.names() < names ? " (time taken times " + names / prober.names() + ")" : "",
          wrong.isEmpty()
              ? "all right in every run"
              : "WRONG: " + prober.expected() + " expected, and there was " + wrong);
    }
  }
}
