package dev.sluice.benchmarks;

import dev.sluice.dns.DnsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Probes as a whole process: {@code ProbedNames METHOD PORT NAMES LIMIT [TIMEOUT_MILLIS TRIES]};
 * only the library takes the last two.
 */
public final class ProbedNames {
  /** A leak shows by then. */
  static final long EARLY = 500_000;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final double KIB_IN_MEGABYTE = 1_024;

  private ProbedNames() {}

  public static void main(String[] args) {
    ProbeJob job = new ProbeJob(Integer.parseInt(args[1]), args[2], Integer.parseInt(args[3]));
    VerdictCounter count = new VerdictCounter(EARLY, () -> printResident("early"));
    if (args.length > 4) {
      SluiceProbes.run(job, options(job, args), count).blockingAwait();
    } else {
      ProbeMethod.valueOf(args[0]).run(job, count).blockingAwait();
    }
    System.out.println(count.verdicts());
    printResident("end");
  }

  private static DnsOptions options(ProbeJob job, String[] args) {
    return DnsOptions.standard()
        .withServers(DnsOptions.parseServers(job.server()))
        .withTimeout(Duration.ofMillis(Long.parseLong(args[4])))
        .withTries(Integer.parseInt(args[5]));
  }

  private static void printResident(String when) {
    System.out.printf(Locale.ROOT, "%s=%.1f%n", when, residentMegabytes());
  }

  /** Known on Linux only; elsewhere 0. */
  private static double residentMegabytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIB_IN_MEGABYTE)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
