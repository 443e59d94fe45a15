package dev.sluice.samples.cluster;

import dev.sluice.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * Measures what Flink costs: {@code EngineOverhead [NAMES [ROUNDS [SERVER]]]} probes names without
 * Flink in one process, and with it on one worker and on two. Without a server it starts one.
 *
 * <p>A rate is of the time from the first question to the last answer, as the outcomes say. The
 * processor time is that of the process, or of the workers, with their start. Medians.
 */
public final class EngineOverhead {
  private static final String NAMES = "1000000";
  private static final String ROUNDS = "3";
  private static final int LIMIT = 1_000;
  private static final String ROW = "| %-22s | %9s | %22s |%n";

  private final int names;
  private final ProbeSettings settings;
  private final Path folder;
  private final Map<String, List<Result>> results = new LinkedHashMap<>();

  private EngineOverhead(int names, String server, Path folder) {
    this.names = names;
    this.settings = ProbeSettings.of(server, LIMIT);
    this.folder = folder;
  }

  private record Result(double perSecond, double cpuMicros) {
    static double median(List<Result> results, ToDoubleFunction<Result> value) {
      return results.stream().mapToDouble(value).sorted().toArray()[results.size() / 2];
    }
  }

  public static void main(String... args) throws Exception {
    int names = Integer.parseInt(args.length > 0 ? args[0] : NAMES);
    int rounds = Integer.parseInt(args.length > 1 ? args[1] : ROUNDS);
    if (args.length > 2) {
      measure(names, rounds, args[2]);
    } else {
      try (ServerProcess server = ServerProcess.start(names)) {
        measure(names, rounds, server.hostAndPort());
      }
    }
  }

  private static void measure(int names, int rounds, String server) throws Exception {
    Path folder = Files.createTempDirectory("sluice-overhead-");
    EngineOverhead overhead = new EngineOverhead(names, server, folder);
    try {
      for (int round = 0; round < rounds; round++) {
        overhead.single();
        overhead.cluster(1);
        overhead.cluster(2);
      }
    } finally {
      delete(folder);
    }
    overhead.print();
  }

  private void single() throws Exception {
    Path outcomes = Files.createDirectory(folder.resolve("single"));
    Duration cpu = SingleJvm.run(names, settings, outcomes.resolve("outcomes.ndjson"));
    note("without Flink", outcomes, cpu);
  }

  private void cluster(int workers) throws Exception {
    Path run = Files.createDirectory(folder.resolve("cluster"));
    Path outcomes = run.resolve("outcomes");
    Duration cpu = Duration.ZERO;
    try (LocalCluster cluster = LocalCluster.start(run, workers)) {
      StreamExecutionEnvironment flink = cluster.environment().setParallelism(workers);
      ProbeJob.define(
          ParameterTool.fromArgs(
              new String[] {
                "--generate", String.valueOf(names),
                "--servers", settings.servers(),
                "--limit", String.valueOf(settings.limit()),
                "--outcomes", outcomes.toUri().toString(),
                "--checkpoint-every", "1 s"
              }),
          flink);
      flink.execute("probe");
      for (Process worker : cluster.workers()) {
        cpu = cpu.plus(worker.info().totalCpuDuration().orElseThrow());
      }
    }
    note("Flink, workers: " + workers, outcomes, cpu);
    delete(run);
  }

  private void note(String what, Path outcomes, Duration cpu) throws IOException {
    Span span =
        OutcomeFiles.read(outcomes)
            .reduce(new Span(Instant.MAX, Instant.MIN, 0), Span::with)
            .blockingGet();
    if (span.count() != names) {
      throw new IOException(what + ": " + span.count() + " outcomes of " + names + " names");
    }
    Result result = new Result(span.perSecond(), cpu.toNanos() / 1e3 / names);
    System.out.printf("%s: %.0f names/s%n", what, result.perSecond());
    results.computeIfAbsent(what, key -> new ArrayList<>()).add(result);
    delete(outcomes);
  }

  /** From the first question to the last answer. */
  private record Span(Instant first, Instant last, long count) {
    Span with(JournalEntry entry) {
      Instant start = entry.start();
      Instant end = start.plus(entry.took());
      return new Span(
          start.isBefore(first) ? start : first, end.isAfter(last) ? end : last, count + 1);
    }

    double perSecond() {
      return count * 1e9 / Duration.between(first, last).toNanos();
    }
  }

  private void print() {
    System.out.printf(ROW, "", "names/s", "processor µs per name");
    System.out.printf(ROW, "---", "--:", "--:");
    results.forEach(
        (what, each) ->
            System.out.printf(
                ROW,
                what,
                "%.0f".formatted(Result.median(each, Result::perSecond)),
                "%.1f".formatted(Result.median(each, Result::cpuMicros))));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
