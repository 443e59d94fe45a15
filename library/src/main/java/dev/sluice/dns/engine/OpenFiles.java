package dev.sluice.dns.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many sockets the resolvers of a process may open. */
public final class OpenFiles {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String LINE = "Max open files";
  private static final int FEWEST = 64;
  private static final int MOST = 16_384;

  /** Where the limit is not known: half of what most systems allow. */
  private static final int USUAL = 2_048;

  private OpenFiles() {}

  /**
   * {@return half of the limit of file descriptors: files, connections and the class loader need
   * the rest}
   */
  public static int maxSockets() {
    return maxSockets(LIMITS);
  }

  static int maxSockets(Path limits) {
    try {
      return Files.readAllLines(limits).stream()
          .filter(line -> line.startsWith(LINE))
          .map(line -> line.substring(LINE.length()).strip().split("\\s+", -1)[0])
          .mapToInt(soft -> soft.matches("\\d{1,9}") ? Integer.parseInt(soft) / 2 : MOST)
          .map(half -> Math.max(FEWEST, Math.min(half, MOST)))
          .findFirst()
          .orElse(USUAL);
    } catch (IOException e) {
      return USUAL;
    }
  }
}
