package dev.sluice.benchmarks;

import dev.sluice.dns.DomainName;
import dev.sluice.zonefile.ZoneFilter;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * A zone of many names as a filter, and candidates screened by it. Of the candidates, one in 200 is
 * not in the zone.
 *
 * <p>Arguments: the names of the zone (160 million unless given), the candidates (10 million).
 */
public final class ZoneScreening {
  private static final long NAMES = 160_000_000;
  private static final long CANDIDATES = 10_000_000;
  private static final int ROUNDS = 4;
  private static final int ONE_FREE_IN = 200;
  private static final double NANOS = 1e9;

  private ZoneScreening() {}

  /** Makes the filter and screens the candidates. */
  public static void main(String[] args) throws IOException {
    long names = args.length > 0 ? Long.parseLong(args[0]) : NAMES;
    long candidates = args.length > 1 ? Long.parseLong(args[1]) : CANDIDATES;
    Path folder = Files.createTempDirectory("sluice-zone");
    Path file = folder.resolve("com.filter");
    try {
      long start = System.nanoTime();
      ZoneFilter filter = ZoneFilter.write(new ZoneText(names), "com", Instant.EPOCH, file);
      print("zone: %,d names, filter made in %.1f s", filter.names(), seconds(start));
      print("  %.3f bytes a name", (double) filter.bytes() / filter.names());
      print("  peak of the heap %d MB, of at most %d MB", peakMegabytes(), maxMegabytes());
      for (int round = 0; round < ROUNDS; round++) {
        screen(filter, names, candidates);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void screen(ZoneFilter filter, long names, long candidates) {
    long start = System.nanoTime();
    long left =
        Flowable.rangeLong(0, candidates)
            .map(i -> candidate(i, names))
            .map(DomainName::of)
            .filter(name -> !filter.mayContain(name))
            .count()
            .blockingGet();
    double seconds = seconds(start);
    long free = candidates / ONE_FREE_IN;
    print("%,d candidates, %,d not in the zone: screened in %.2f s", candidates, free, seconds);
    print(
        "  %,d are left to ask for: %.2f %% fewer; %.2f %% of those not in the zone are left out",
        left, 100.0 - 100.0 * left / candidates, 100.0 - 100.0 * left / free);
    long lost = lost(filter, names, candidates);
    print("  names of the zone that the filter does not have: %,d", lost);
  }

  private static long lost(ZoneFilter filter, long names, long candidates) {
    return Flowable.rangeLong(0, candidates)
        .filter(i -> i % ONE_FREE_IN != 0)
        .map(i -> DomainName.of(candidate(i, names)))
        .filter(name -> !filter.mayContain(name))
        .count()
        .blockingGet();
  }

  private static String candidate(long i, long names) {
    long number = i % ONE_FREE_IN == 0 ? names + i : i * 31 % names;
    return ZoneText.label(number) + ".com";
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / NANOS;
  }

  private static long peakMegabytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum()
        >> 20;
  }

  private static long maxMegabytes() {
    return Runtime.getRuntime().maxMemory() >> 20;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
