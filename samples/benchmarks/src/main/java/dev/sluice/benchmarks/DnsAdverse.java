package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A server with answers after 20 ms, which loses 5 % of the questions and never answers for a fifth
 * of the names: whole processes beside other programs. Each try may take 500 ms, and each name
 * three of them; dnsperf has one.
 */
final class DnsAdverse implements Scenario {
  private static final int NAMES = 200_000;
  private static final int LIMIT = 4_000;
  private static final int ONE_DEAD_IN = 5;
  private static final int TRIES = 3;
  private static final double LOSS = 0.05;
  private static final Duration LATENCY = Duration.ofMillis(20);
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final String SLUICE = "sluice";

  @Override
  public void run(ScenarioContext stage) throws IOException, InterruptedException {
    double ideal =
        (NAMES / ONE_DEAD_IN * TRIES * TIMEOUT.toMillis()
                + (NAMES - NAMES / ONE_DEAD_IN) * (LATENCY.toMillis() + LOSS * TIMEOUT.toMillis()))
            / LIMIT
            / 1_000;
    stage
        .out()
        .printf(
            "dns-adverse: %,d names, %,d at once, 20 ms, 5 %% of the questions lost, 20 %% of the"
                + " names dead; at least %.1f s; %,d names can be had%n",
            NAMES, LIMIT, ideal, reachable());
    Path names = stage.scratch().file("adverse-names");
    Files.write(names, IntStream.range(0, NAMES).mapToObj(DnsZone::name).toList());
    Map<String, Program> programs = programs(stage, names);
    Map<String, List<ResourceUsage>> usages = new LinkedHashMap<>();
    for (int round = 0; round < stage.settings().runs(); round++) {
      for (Map.Entry<String, Program> program : programs.entrySet()) {
        usages
            .computeIfAbsent(program.getKey(), name -> new ArrayList<>())
            .add(once(stage, program.getKey(), program.getValue()));
      }
    }
    ResultTable table = new ResultTable(NAMES);
    usages.forEach(table::add);
    table.print(stage.out());
  }

  private static ResourceUsage once(ScenarioContext stage, String name, Program program)
      throws IOException, InterruptedException {
    try (SlowServerProcess server =
        SlowServerProcess.start(
            NAMES, LATENCY, LOSS, ONE_DEAD_IN, stage.settings().javaOptions(), List.of())) {
      ChildProcess child = new ChildProcess(stage.scratch());
      ResourceUsage usage = child.run(program.line(server.port()));
      stage
          .out()
          .printf(
              "%s: %,d names found%n",
              name, DnsPeerPrograms.number(child.output(), program.found()));
      return usage;
    }
  }

  /** The names that a program with three tries can find. */
  private static long reachable() {
    return IntStream.range(0, NAMES)
        .filter(name -> !SlowNameServer.isDead(name, ONE_DEAD_IN))
        .filter(
            name -> !IntStream.range(0, TRIES).allMatch(i -> SlowNameServer.loses(name, i, LOSS)))
        .count();
  }

  private static Map<String, Program> programs(ScenarioContext stage, Path names)
      throws IOException {
    Map<String, Program> programs = new LinkedHashMap<>();
    programs.put(SLUICE, new Program("(?<!-)found=(\\d+)", port -> sluice(stage, port, names)));
    Optional<Path> massdns = InstalledPrograms.find(DnsPeerPrograms.MASSDNS);
    if (massdns.isPresent()) {
      programs.put(
          DnsPeerPrograms.MASSDNS,
          new Program("(?m)^OK: *\\| *(\\d+)", port -> massdns(stage, massdns.get(), port, names)));
    }
    Optional<Path> dnsperf = InstalledPrograms.find("dnsperf");
    if (dnsperf.isPresent()) {
      Path questions = stage.scratch().file("adverse-questions");
      Files.write(
          questions, IntStream.range(0, NAMES).mapToObj(i -> DnsZone.name(i) + " A").toList());
      programs.put(
          "dnsperf, one try",
          new Program("NOERROR (\\d+)", port -> dnsperf(dnsperf.get(), port, questions)));
    }
    return programs;
  }

  private static List<String> sluice(ScenarioContext stage, int port, Path names) {
    ProbeJob job = new ProbeJob(port, names.toString(), LIMIT);
    List<String> line =
        new ArrayList<>(ProbeProgram.java(ProbeMethod.SLUICE, stage.settings().javaOptions(), job));
    line.addAll(List.of(Long.toString(TIMEOUT.toMillis()), Integer.toString(TRIES)));
    return line;
  }

  private static List<String> massdns(ScenarioContext stage, Path program, int port, Path names)
      throws IOException {
    Path resolvers =
        Files.writeString(stage.scratch().file("adverse-resolvers"), "127.0.0.1:" + port + "\n");
    return List.of(
        program.toString(),
        "--root",
        "-r",
        resolvers.toString(),
        "-t",
        "A",
        "-s",
        Integer.toString(LIMIT),
        "-c",
        Integer.toString(TRIES),
        "-i",
        Long.toString(TIMEOUT.toMillis()),
        "-o",
        "S",
        "-w",
        "/dev/null",
        names.toString());
  }

  private static List<String> dnsperf(Path program, int port, Path questions) {
    return List.of(
        program.toString(),
        "-s",
        "127.0.0.1",
        "-p",
        Integer.toString(port),
        "-d",
        questions.toString(),
        "-q",
        Integer.toString(LIMIT),
        "-t",
        "0.5",
        "-n",
        "1");
  }

  /**
   * A program.
   *
   * @param found the pattern of how many names it found
   * @param command starts it for a port
   */
  private record Program(String found, Command command) {
    List<String> line(int port) throws IOException {
      return command.line(port);
    }
  }

  @FunctionalInterface
  private interface Command {
    List<String> line(int port) throws IOException;
  }
}
