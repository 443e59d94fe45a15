package dev.sluice.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** 5 % of the queries are lost, and 0.0125 % of the names with three tries each. */
final class DnsLoss implements Scenario {
  private static final int NAMES = 500_000;
  private static final int LIMIT = 1_000;
  private static final int TRIES = 3;
  private static final double LOSS = 0.05;

  /** Much longer than an answer takes, so only lost queries are retransmitted. */
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  @Override
  public void run(ScenarioContext stage) throws IOException {
    stage
        .out()
        .printf(
            "dns-loss: %,d names, %,d at once, 5 %% of the questions lost, %d tries%n",
            NAMES, LIMIT, TRIES);
    InProcessProbes probes = InProcessProbes.create(stage.scratch(), LIMIT, TIMEOUT, TRIES);
    try (SlowNameServer server = SlowNameServer.start(NAMES, Duration.ZERO, LOSS)) {
      InProcessProbes.Result result = probes.run(server.port(), NAMES);
      report(stage, result, server.repeated());
    }
  }

  private static void report(ScenarioContext stage, InProcessProbes.Result result, long repeated) {
    VerdictTotals said = result.verdicts();
    long lost = IntStream.range(0, NAMES).filter(DnsLoss::losesAll).count();
    stage
        .out()
        .printf(
            "%,d names in, %,d outcomes out, %.1f s; %,d questions again; "
                + "%d names whose questions were all lost%n",
            NAMES, said.total(), result.usage().seconds(), repeated, lost);
    stage.judge(
        "names in and no outcome",
        OptionalDouble.of((double) (NAMES - said.total())),
        TargetFigure.atMost(0));
    stage.judge(
        "unresolved names",
        OptionalDouble.of((double) said.failed()),
        TargetFigure.atMost((double) lost));
  }

  private static boolean losesAll(int name) {
    return IntStream.range(0, TRIES).allMatch(i -> SlowNameServer.loses(name, i, LOSS));
  }
}
