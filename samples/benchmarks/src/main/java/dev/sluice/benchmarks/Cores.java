package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Puts the server on the last core and this JVM on the others. Latencies would be wrong if the
 * kernel ran both on one core in turns. Does nothing where {@code taskset} is not installed or
 * there is one core only.
 */
final class Cores implements AutoCloseable {
  private static final int COUNT = Runtime.getRuntime().availableProcessors();
  private static final int LAST = COUNT - 1;

  private final Optional<Path> taskset =
      COUNT > 1 ? InstalledPrograms.find("taskset") : Optional.empty();

  private Cores() {}

  /** Keeps this JVM off the last core until closed. */
  static Cores split() throws IOException {
    Cores cores = new Cores();
    cores.moveTo("0-" + (LAST - 1));
    return cores;
  }

  /** The prefix for the command of a server. */
  List<String> forServer() {
    return taskset
        .map(program -> List.of(program.toString(), "-c", Integer.toString(LAST)))
        .orElse(List.of());
  }

  private void moveTo(String cores) throws IOException {
    if (taskset.isPresent()) {
      String pid = Long.toString(ProcessHandle.current().pid());
      if (!InstalledPrograms.succeeds(
          List.of(taskset.get().toString(), "-a", "-c", "-p", cores, pid))) {
        throw new IOException("taskset could not move this JVM to the cores " + cores);
      }
    }
  }

  @Override
  public String toString() {
    return taskset.isPresent() ? "the server on a core of its own" : "the server on any core";
  }

  @Override
  public void close() throws IOException {
    moveTo("0-" + LAST);
  }
}
