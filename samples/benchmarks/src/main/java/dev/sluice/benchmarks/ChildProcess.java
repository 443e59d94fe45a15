package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a program to its end and measures it. */
record ChildProcess(ScratchFolder scratch) {
  private static final Optional<Path> TIME = InstalledPrograms.find("time");
  private static final double KIB_IN_MEGABYTE = 1_024;

  static boolean measuresCost() {
    return TIME.isPresent();
  }

  ResourceUsage run(List<String> command) throws IOException, InterruptedException {
    Path output = scratch.file("output");
    Path report = scratch.file("time");
    List<String> wrapped = new ArrayList<>();
    TIME.ifPresent(
        time ->
            wrapped.addAll(List.of(time.toString(), "-f", "%U %S %M", "-o", report.toString())));
    wrapped.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(wrapped).redirectErrorStream(true).redirectOutput(output.toFile());
    long start = System.nanoTime();
    int status = builder.start().waitFor();
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    if (status != 0) {
      throw new IOException(
          "%s ended with %d: %s".formatted(command.get(0), status, tail(Files.readString(output))));
    }
    return TIME.isPresent() ? withCost(ResourceUsage.of(wall), report) : ResourceUsage.of(wall);
  }

  /** The output of the last program. */
  String output() throws IOException {
    return Files.readString(scratch.file("output"));
  }

  /** The usage of the program alone, without that of the server. */
  private static ResourceUsage withCost(ResourceUsage usage, Path report) throws IOException {
    String[] fields = Files.readString(report).trim().split(" ", -1);
    return usage
        .withCpuSeconds(Double.parseDouble(fields[0]) + Double.parseDouble(fields[1]))
        .withPeakMegabytes(Double.parseDouble(fields[2]) / KIB_IN_MEGABYTE);
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 2_000));
  }
}
