package dev.sluice.benchmarks;

import dev.sluice.dns.DnsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Probes names of the slow server in this JVM, which warms up by it. */
record InProcessProbes(ScratchFolder scratch, int limit, DnsOptions options) {

  /** The result of a run. */
  record Result(ResourceUsage usage, VerdictTotals verdicts) {}

  static InProcessProbes create(ScratchFolder scratch, int limit, Duration timeout, int tries) {
    return new InProcessProbes(
        scratch, limit, DnsOptions.standard().withTimeout(timeout).withTries(tries));
  }

  Result run(int port, int names) throws IOException {
    List<String> lines = IntStream.range(0, names).mapToObj(DnsZone::name).toList();
    Path file = Files.write(scratch.file("slow-names"), lines);
    ProbeJob job = new ProbeJob(port, file.toString(), limit);
    DnsOptions asking = options.withServers(DnsOptions.parseServers(job.server()));
    VerdictCounter count = new VerdictCounter();
    long start = System.nanoTime();
    SluiceProbes.run(job, asking, count).blockingAwait();
    return new Result(
        ResourceUsage.of(Duration.ofNanos(System.nanoTime() - start)), count.verdicts());
  }
}
