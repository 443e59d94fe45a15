package dev.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** {@link LargeFileDownload} in a JVM that goes on, with a heap of its own. */
final class WarmJvm implements AutoCloseable {
  private final Process process;
  private final Writer input;
  private final BufferedReader output;
  private long cpuNanos;

  private WarmJvm(Process process) {
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts the JVM by its command line; its first downloads warm it up. */
  static WarmJvm start(List<String> line) throws IOException {
    return new WarmJvm(
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Downloads the file. */
  ResourceUsage run() throws IOException {
    long start = System.nanoTime();
    input.write('\n');
    input.flush();
    String line = output.readLine();
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    if (line == null) {
      throw new IOException("the JVM has ended");
    }
    long before = cpuNanos;
    cpuNanos = Long.parseLong(line);
    return ResourceUsage.of(wall).withCpuSeconds((cpuNanos - before) / 1e9);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
