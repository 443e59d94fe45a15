package dev.sluice.samples.walkthrough;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.testing.JavaProcess;
import dev.sluice.samples.testing.Run;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

/** Options, errors and early ends that all samples of the walkthrough share. */
class SampleCommandTest {
  private static final Pattern TWO_DEFAULTS = Pattern.compile("Default: \\S+\\s+Default:");

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.001", "101", "fast", "NaN", "Infinity", "''"})
  void refusesATimeScaleOutOfRange(String scale) {
    Run run = Run.of("sayafter", "--time-scale", scale);
    assertEquals(2, run.status());
    assertEquals(
        "sluice sayafter: --time-scale: '%s': allowed are 0.01 to 100".formatted(scale)
            + " (see 'sluice sayafter --help')",
        run.err().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"count", "workqueue"})
  void namesAMissingParameter(String command) {
    Run run = Run.of(command);
    assertEquals(2, run.status());
    assertTrue(run.err().startsWith("sluice " + command + ": "), run::err);
    assertTrue(run.err().contains(" is missing (see '"), run::err);
  }

  @Test
  void refusesAnUnknownVersionInOneLine() {
    Run run = Run.of("workqueue", "v5");
    assertEquals(2, run.status());
    assertEquals(1, run.err().lines().count(), run::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"count sync", "workqueue v3", "waiting", "primes"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "destroy() does not run shutdown hooks")
  void stopsOnSigtermWithoutAStackTrace(String command) throws Exception {
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
  void endsWhenItsOutputIsClosed(String command) throws Exception {
    Process java = start(command);
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
      out.readLine();
    }
    assertTrue(java.waitFor(20, SECONDS));
    assertEquals(0, java.exitValue());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theHelpShowsEachDefaultOnce(Class<?> command) {
    String name = command.getAnnotation(Command.class).name();
    String help = Run.of(name, "--help").out();
    assertFalse(TWO_DEFAULTS.matcher(help).find(), help);
    assertFalse(help.contains("Optional"), help);
  }

  static List<Class<?>> commands() {
    return new WalkthroughCommands().commands();
  }

  @Test
  void everySampleIsAProgramOfItsOwn() throws Exception {
    Process java = JavaProcess.start(Count.class.getName(), "async", "--time-scale", "10");
    assertEquals(List.of("One", "One", "One", "Two", "Two", "Two"), linesOf(java).subList(0, 6));
    assertEquals(0, java.waitFor());
  }

  @Test
  void aProgramOfItsOwnRefusesWrongArgumentsInOneLine() throws Exception {
    Process java = JavaProcess.start(Count.class.getName(), "slow");
    List<String> lines = linesOf(java);
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("count: expected one of "), lines::toString);
    assertEquals(2, java.waitFor());
  }

  private static List<String> linesOf(Process java) throws Exception {
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
      return out.lines().toList();
    }
  }

  private static Process start(String command) throws Exception {
    String main = Main.class.getName();
    String[] words = ("-Xshare:auto " + main + " " + command).split(" ");
    return JavaProcess.start(words);
  }
}
