package dev.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The slow name server in a JVM of its own, so that GC and JIT of one do not delay the other. */
final class SlowServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final int port;

  private SlowServerProcess(Process process, BufferedReader output) throws IOException {
    this.process = process;
    this.output = output;
    this.port = Integer.parseInt(output.readLine());
  }

  static SlowServerProcess start(int names, Duration delay, List<String> javaOptions, Cores cores)
      throws IOException {
    return start(names, delay, 0, 0, javaOptions, cores.forServer());
  }

  /** A server that loses a share of the questions, and never answers for one name in so many. */
  static SlowServerProcess start(
      int names,
      Duration delay,
      double loss,
      int dead,
      List<String> javaOptions,
      List<String> launcher)
      throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(InstalledPrograms.java().toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SlowNameServer.class.getName());
    command.addAll(
        List.of(
            Integer.toString(names),
            Long.toString(delay.toMillis()),
            Double.toString(loss),
            Integer.toString(dead)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new SlowServerProcess(process, process.inputReader(StandardCharsets.UTF_8));
  }

  int port() {
    return port;
  }

  /** Ends the server and returns how late its answers were. */
  String lateness() throws IOException {
    process.getOutputStream().close();
    return String.valueOf(output.readLine());
  }

  @Override
  public void close() {
    process.destroy();
  }
}
