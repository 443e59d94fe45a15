package dev.sluice.benchmarks;

import io.reactivex.rxjava3.core.Flowable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The job of all probing programs.
 *
 * @param port of the server, on 127.0.0.1
 * @param nameFile a name a line; or {@code lazily:N} for N names that are made on demand
 * @param limit the number of names in flight
 */
record ProbeJob(int port, String nameFile, int limit) {
  private static final String LAZILY = "lazily:";

  static ProbeJob lazily(int port, long names, int limit) {
    return new ProbeJob(port, LAZILY + names, limit);
  }

  @SuppressWarnings("StreamResourceLeak") // fromStream closes it, however the run ends.
  Flowable<String> names() {
    if (nameFile.startsWith(LAZILY)) {
      long count = Long.parseLong(nameFile.substring(LAZILY.length()));
      return Flowable.rangeLong(0, count).map(ProbeJob::lazyName);
    }
    return Flowable.defer(() -> Flowable.fromStream(Files.lines(Path.of(nameFile))));
  }

  /** Every second name is below the wildcard of {@link DnsMemory}. */
  private static String lazyName(long i) {
    return "n" + i + (i % 2 == 0 ? ".n." : ".x.") + DnsZone.ORIGIN;
  }

  String server() {
    return "127.0.0.1:" + port;
  }
}
