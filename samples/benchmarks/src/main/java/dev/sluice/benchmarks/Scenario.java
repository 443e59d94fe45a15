package dev.sluice.benchmarks;

import java.io.IOException;

/** One question, answered by a table. */
@FunctionalInterface
interface Scenario {
  void run(ScenarioContext stage) throws IOException, InterruptedException;
}
