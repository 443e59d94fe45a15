package dev.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  /** Starts the JVM; its first downloads warm it up. */
  static WarmJvm start(List<String> options, String url, Path folder, String tls)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(InstalledPrograms.java().toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LargeFileDownload.class.getName());
    command.addAll(List.of(url, folder.toString(), tls, LargeFileDownload.REPEATED));
    return new WarmJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
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
