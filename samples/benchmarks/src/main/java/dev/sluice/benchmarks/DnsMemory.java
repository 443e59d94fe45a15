package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ten million names through a small heap: memory must not grow after the first half million. */
final class DnsMemory implements Scenario {
  private static final int LIMIT = 1_000;
  private static final String HEAP = "-Xmx64m";

  /** Tolerance for the allocator. Keeping ten million names would take hundreds of megabytes. */
  private static final double FLAT = 1.1;

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    long names = stage.settings().lazyNames();
    stage.out().printf("dns-memory: %,d names, %,d at once, %s%n", names, LIMIT, HEAP);
    if (Nsd.installed().isEmpty()) {
      stage.out().println("skipped: nsd is not installed");
      return;
    }
    // Half of the names exist, by a wildcard, and the zone has two names of its own.
    String zone = DnsZone.head() + "*.n A 192.0.2.1\n";
    Path file = Files.writeString(stage.scratch().file("wildcard-zone"), zone);
    try (Nsd nsd = Nsd.over(file, stage.scratch())) {
      once(stage, ProbeJob.lazily(nsd.port(), names, LIMIT), names);
    }
  }

  private static void once(ScenarioContext stage, ProbeJob job, long names)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(stage.settings().javaOptions());
    options.add(HEAP);
    ChildProcess child = new ChildProcess(stage.scratch());
    ResourceUsage usage = child.run(ProbeProgram.java(ProbeMethod.SLUICE, options, job));
    VerdictTotals expected = new VerdictTotals((names + 1) / 2, 0, names / 2, 0);
    VerdictTotals said = VerdictTotals.in(child.output());
    stage
        .out()
        .printf(
            "%,d names in, %,d outcomes out, %.1f s: %s%n",
            names,
            said.total(),
            usage.seconds(),
            said.equals(expected) ? "all right" : "WRONG: " + said);
    OptionalDouble early = resident("early", child.output());
    OptionalDouble end = resident("end", child.output());
    stage
        .out()
        .printf(
            "resident: %.1f MB after %,d, %.1f MB at the end%n",
            early.orElse(0), ProbedNames.EARLY, end.orElse(0));
    stage.judge("growth after that", ratio(end, early), TargetFigure.atMost(FLAT));
  }

  private static OptionalDouble resident(String when, String output) {
    Matcher matcher = Pattern.compile(when + "=([0-9.]+)").matcher(output);
    return matcher.find()
        ? OptionalDouble.of(Double.parseDouble(matcher.group(1)))
        : OptionalDouble.empty();
  }

  private static OptionalDouble ratio(OptionalDouble end, OptionalDouble early) {
    return end.isPresent() && early.isPresent()
        ? OptionalDouble.of(end.getAsDouble() / early.getAsDouble())
        : OptionalDouble.empty();
  }
}
