package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.testing.JavaProcess;
import dev.sluice.samples.testing.Run;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all samples of the walkthrough have in common as commands. */
class SampleCommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.001", "101", "fast", "NaN", "Infinity", "''"})
  void refusesATimeScaleThatIsNone(String scale) {
    Run run = Run.of("sayafter", "--time-scale", scale);
    assertEquals(2, run.status());
    assertEquals(
        "sluice sayafter: Invalid value for option '--time-scale': '%s': allowed are 0.01 to 100"
                .formatted(scale)
            + " (see 'sluice sayafter --help')",
        run.err().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"count", "workqueue"})
  void asksForWhatIsMissing(String command) {
    Run run = Run.of(command);
    assertEquals(2, run.status());
    assertTrue(
        run.err().startsWith("sluice " + command + ": Missing required parameter: "), run::err);
  }

  @Test
  void refusesAnUnknownVersionInOneLine() {
    Run run = Run.of("workqueue", "v5");
    assertEquals(2, run.status());
    assertEquals(1, run.err().lines().count(), run::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"count sync", "workqueue v3", "waiting", "primes"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "kills where others ask")
  void stopsAtOnceWhenAskedToAndSaysNoMore(String command) throws Exception {
    Process java = start(command);
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
      out.readLine();
      java.toHandle().destroy();
      List<String> rest = out.lines().toList();
      assertTrue(rest.stream().noneMatch(line -> line.contains("Exception")), rest::toString);
    }
    assertEquals(128 + 15, java.waitFor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"waiting --time-scale 0.5", "count sync", "taskgroup"})
  void stopsWhenNobodyReadsOn(String command) throws Exception {
    Process java = start(command);
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
      out.readLine();
    }
    assertTrue(java.waitFor(20, SECONDS));
    assertEquals(0, java.exitValue());
  }

  private static Process start(String command) throws Exception {
    String main = Main.class.getName();
    String[] words = ("-Xshare:auto " + main + " " + command).split(" ");
    return JavaProcess.start(words);
  }
}
