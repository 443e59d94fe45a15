package dev.sluice.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A program that can probe names.
 *
 * @param name its name in the table
 * @param command starts it; empty if it is not installed
 * @param obstacle why it cannot run
 * @param names the number of names, fewer for slow programs
 * @param expected the right verdicts
 * @param verdicts reads its output
 * @param seconds the time that it measured itself, without its start, if it does
 */
record ProbeProgram(
    String name,
    List<String> command,
    String obstacle,
    int names,
    VerdictTotals expected,
    Function<String, VerdictTotals> verdicts,
    Function<String, OptionalDouble> seconds) {

  static ProbeProgram of(
      String name,
      List<String> command,
      int names,
      VerdictTotals expected,
      Function<String, VerdictTotals> verdicts) {
    return new ProbeProgram(
        name, command, "", names, expected, verdicts, output -> OptionalDouble.empty());
  }

  static ProbeProgram skipped(String name, String obstacle) {
    return new ProbeProgram(
        name,
        List.of(),
        obstacle,
        0,
        VerdictTotals.NONE,
        output -> VerdictTotals.NONE,
        output -> OptionalDouble.empty());
  }

  /** A probe method of this module in a JVM of its own. */
  static List<String> java(ProbeMethod probes, List<String> options, ProbeJob job) {
    List<String> line = new ArrayList<>();
    line.add(InstalledPrograms.java().toString());
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(ProbedNames.class.getName());
    line.addAll(
        List.of(
            probes.name(),
            Integer.toString(job.port()),
            job.nameFile(),
            Integer.toString(job.limit())));
    return line;
  }

  boolean isHere() {
    return !command.isEmpty();
  }

  ProbeProgram withClock(Function<String, OptionalDouble> clock) {
    return new ProbeProgram(name, command, obstacle, names, expected, verdicts, clock);
  }
}
