package dev.sluice.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;

/** 10,000 queries at once: none may be retransmitted because a buffer of the client was full. */
final class DnsBurst implements Scenario {
  private static final int NAMES = 300_000;
  private static final int LIMIT = 10_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Long enough for all queries to be in flight together. */
  private static final Duration LATENCY = Duration.ofMillis(50);

  @Override
  public void run(ScenarioContext stage) throws IOException {
    stage.out().printf("dns-burst: %,d names, 50 ms each, %,d at once%n", NAMES, LIMIT);
    InProcessProbes probes = InProcessProbes.create(stage.scratch(), LIMIT, TIMEOUT, 3);
    for (int i = 0; i < stage.settings().runs(); i++) {
      try (SlowNameServer server = SlowNameServer.start(NAMES, LATENCY, 0)) {
        InProcessProbes.Result result = probes.run(server.port(), NAMES);
        stage.out().printf("%s, %.1f s%n", result.verdicts(), result.usage().seconds());
        stage.judge(
            "questions asked again",
            OptionalDouble.of((double) server.repeated()),
            TargetFigure.atMost(0));
      }
    }
  }
}
