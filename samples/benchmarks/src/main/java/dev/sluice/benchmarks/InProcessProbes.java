package dev.sluice.benchmarks;

import dev.sluice.dns.DnsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Probes names of the slow server in this JVM, which gets warmer by it. */
record InProcessProbes(Scratch scratch, int limit, DnsOptions options) {

  /** What came of a run. */
  record Result(Usage usage, Verdicts verdicts) {}

  static InProcessProbes create(Scratch scratch, int limit, Duration timeout, int tries) {
    return new InProcessProbes(
        scratch, limit, DnsOptions.standard().withTimeout(timeout).withTries(tries));
  }

  Result run(int port, int names) throws IOException {
    List<String> lines = IntStream.range(0, names).mapToObj(DnsZone::name).toList();
    Path file = Files.write(scratch.file("slow-names"), lines);
    ProbeJob job = new ProbeJob(port, file.toString(), limit);
    DnsOptions asking = options.withServers(DnsOptions.parseServers(job.server()));
    VerdictCount count = new VerdictCount();
    long start = System.nanoTime();
    SluiceProbes.run(job, asking, count).blockingAwait();
    return new Result(Usage.of(Duration.ofNanos(System.nanoTime() - start)), count.verdicts());
  }
}
