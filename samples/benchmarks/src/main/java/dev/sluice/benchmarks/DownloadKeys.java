package dev.sluice.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** A job as a whole process: {@code DownloadKeys METHOD BASE KEYS FOLDER LIMIT}. */
public final class DownloadKeys {
  /** The system property that makes it print the most threads at once, too. */
  static final String THREADS = "sluice.benchmarks.threads";

  private DownloadKeys() {}

  public static void main(String[] args) {
    DownloadJob job =
        new DownloadJob(args[1], Path.of(args[2]), 0, Path.of(args[3]), Integer.parseInt(args[4]));
    long outcomes = DownloadMethod.valueOf(args[0]).run(job).blockingGet();
    System.out.println(outcomes);
    if (Boolean.getBoolean(THREADS)) {
      System.out.println(ManagementFactory.getThreadMXBean().getPeakThreadCount());
    }
  }
}
