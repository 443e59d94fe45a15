package dev.sluice.benchmarks;

import java.io.IOException;

/** A measurement that prints a table. */
@FunctionalInterface
interface Scenario {
  void run(ScenarioContext stage) throws IOException, InterruptedException;
}
