package dev.sluice.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Answers that take 20 ms, 1,000 at once: nobody gets more than 50,000 a second. */
final class DnsLatency implements Scenario {
  private static final int NAMES = 250_000;
  private static final int LIMIT = 1_000;
  private static final int WARM_UPS = 2;
  private static final Duration LATENCY = Duration.ofMillis(20);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Override
  public void run(Stage stage) throws IOException {
    stage.out().printf("dns-latency: %,d names, 20 ms each, %,d at once, warm%n", NAMES, LIMIT);
    InProcessProbes probes = InProcessProbes.create(stage.scratch(), LIMIT, TIMEOUT, 3);
    for (int i = 0; i < WARM_UPS; i++) {
      once(stage, probes);
    }
    List<Usage> runs = new ArrayList<>();
    for (int i = 0; i < stage.settings().runs(); i++) {
      runs.add(once(stage, probes));
    }
    Table table = new Table(NAMES);
    table.add("ours, warm", runs);
    table.print(stage.out());
    double most = (double) LIMIT * Duration.ofSeconds(1).toMillis() / LATENCY.toMillis();
    double rate = NAMES / table.medianSeconds("ours, warm");
    stage.judge(
        String.format(Locale.ROOT, "share of the possible %,.0f a second", most),
        OptionalDouble.of(rate / most),
        Target.atLeast(0.95));
  }

  private static Usage once(Stage stage, InProcessProbes probes) throws IOException {
    List<String> options = stage.settings().javaOptions();
    try (SlowServerProcess server = SlowServerProcess.start(NAMES, LATENCY, options)) {
      InProcessProbes.Result result = probes.run(server.port(), NAMES);
      stage.out().println("the server: " + server.lateness());
      if (result.verdicts().found() != NAMES) {
        throw new IllegalStateException("not every name was found: " + result.verdicts());
      }
      return result.usage();
    }
  }
}
