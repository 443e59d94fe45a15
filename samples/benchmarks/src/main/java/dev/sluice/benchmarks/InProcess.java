package dev.sluice.benchmarks;

import java.time.Duration;

/** Runs a job in this JVM, which warms up by it. */
final class InProcess {
  private InProcess() {}

  static ResourceUsage run(DownloadMethod downloads, DownloadJob job) {
    return measured(() -> requireAll(downloads.run(job).blockingGet(), job));
  }

  private static void requireAll(long outcomes, DownloadJob job) {
    if (outcomes != job.flags()) {
      throw new IllegalStateException(outcomes + " outcomes of " + job.flags() + " keys");
    }
  }

  /** The CPU time is that of the JVM, which does nothing else meanwhile. */
  static ResourceUsage measured(Runnable job) {
    Duration cpuBefore = cpu();
    long start = System.nanoTime();
    job.run();
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    return ResourceUsage.of(wall).withCpuSeconds(cpu().minus(cpuBefore).toNanos() / 1e9);
  }

  /** The CPU time of this JVM so far. */
  static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
