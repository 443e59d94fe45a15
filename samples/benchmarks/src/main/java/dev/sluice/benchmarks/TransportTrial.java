package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * OkHttp, Netty and curl beside each other: 20,000 flags of 10 KB from nginx, 200 at once, cold and
 * warm; then 5,000 flags of 100 ms each, for the number of threads. Options as of {@link
 * WholeRuns}; the parts are threads, cold and warm.
 */
public final class TransportTrial {
  private static final int LIMIT = 200;
  private static final int WARM_UPS = 4;
  private static final int SLOW_FLAGS = 5_000;
  private static final Duration DELAY = Duration.ofMillis(100);
  private static final List<DownloadMethod> TRANSPORTS =
      List.of(DownloadMethod.SLUICE, DownloadMethod.NETTY);

  private final ScenarioContext stage;

  private TransportTrial(ScenarioContext stage) {
    this.stage = stage;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (ScenarioContext stage = new ScenarioContext(BenchmarkOptions.of(args), out)) {
      new TransportTrial(stage).run();
    }
    System.exit(0);
  }

  private void run() throws IOException, InterruptedException {
    if (wants("threads")) {
      threads(LIMIT);
      threads(5 * LIMIT);
    }
    if (Nginx.installed().isEmpty()) {
      stage.out().println("the rest is skipped: nginx is not installed");
      return;
    }
    DownloadJob job =
        DownloadJob.create(stage.scratch(), stage.nginx().flags(), stage.flags().keys(), LIMIT);
    if (wants("cold")) {
      cold(job);
    }
    if (wants("warm")) {
      warm(job);
    }
  }

  private boolean wants(String part) {
    return stage.settings().only().isEmpty() || stage.settings().only().contains(part);
  }

  private void cold(DownloadJob job) throws IOException, InterruptedException {
    List<Contender> contenders = new ArrayList<>();
    for (DownloadMethod transport : TRANSPORTS) {
      contenders.add(Contender.java(transport, stage.settings().javaOptions()));
    }
    contenders.add(Contender.curl(stage.scratch()));
    stage.out().println("\ncold, whole processes");
    new Comparison(contenders, job, stage.settings().runs())
        .run(stage.scratch())
        .print(stage.out());
  }

  private void warm(DownloadJob job) throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      for (DownloadMethod transport : TRANSPORTS) {
        warm(transport, job);
      }
    }
    Contender curl = Contender.curl(stage.scratch());
    Map<String, List<ResourceUsage>> usages = new LinkedHashMap<>();
    for (int round = 0; round < stage.settings().runs(); round++) {
      for (DownloadMethod transport : TRANSPORTS) {
        usages
            .computeIfAbsent(transport.label(), name -> new ArrayList<>())
            .add(warm(transport, job));
      }
      if (curl.command().isPresent()) {
        job.clear();
        usages
            .computeIfAbsent(curl.name(), name -> new ArrayList<>())
            .add(new ChildProcess(stage.scratch()).run(curl.command().get().line(job)));
        job.requireDone(curl.name());
      }
    }
    ResultTable table = new ResultTable(job.flags());
    usages.forEach(table::add);
    stage.out().println("\nwarm, one JVM");
    table.print(stage.out());
  }

  private static ResourceUsage warm(DownloadMethod transport, DownloadJob job) throws IOException {
    job.clear();
    ResourceUsage usage = InProcess.run(transport, job);
    job.requireDone(transport.label());
    return usage;
  }

  private void threads(int limit) throws IOException, InterruptedException {
    stage.out().printf("%n%,d flags of 100 ms each, %,d at once%n", SLOW_FLAGS, limit);
    for (DownloadMethod transport : TRANSPORTS) {
      try (DelayingServer server = DelayingServer.start(DELAY, FlagSizedGif.numbered(0))) {
        List<String> keys = FlagFolder.keys(SLOW_FLAGS);
        DownloadJob job = DownloadJob.create(stage.scratch(), server.base(), keys, limit);
        job.clear();
        List<String> options = new ArrayList<>(stage.settings().javaOptions());
        options.add("-D" + DownloadKeys.THREADS + "=true");
        ChildProcess child = new ChildProcess(stage.scratch());
        ResourceUsage usage =
            child.run(Contender.java(transport, options).command().orElseThrow().line(job));
        job.requireDone(transport.label());
        stage
            .out()
            .printf(
                Locale.ROOT,
                "| %-16s | %s threads | %.2f s | peak %.0f MB |%n",
                transport.label(),
                child.output().trim().replaceFirst(".*\\s", ""),
                usage.seconds(),
                usage.peakMegabytes().orElse(Double.NaN));
      }
    }
  }
}
