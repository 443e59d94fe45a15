package dev.sluice.benchmarks;

import java.time.Duration;

/** Runs a job in this JVM, which warms up by it. */
final class InProcess {
  private InProcess() {}

  /** The CPU time is that of the JVM, which does nothing else meanwhile. */
  static ResourceUsage run(DownloadMethod downloads, DownloadJob job) {
    Duration cpuBefore = cpu();
    long start = System.nanoTime();
    long outcomes = downloads.run(job).blockingGet();
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    if (outcomes != job.flags()) {
      throw new IllegalStateException(outcomes + " outcomes of " + job.flags() + " keys");
    }
    return ResourceUsage.of(wall).withCpuSeconds(cpu().minus(cpuBefore).toNanos() / 1e9);
  }

  /** The CPU time of this JVM so far. */
  static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
