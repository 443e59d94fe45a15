package dev.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.samples.Main;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** {@code flag-server} in a process of its own, on all addresses of this machine. */
record CountingFlagServer(int port, ServerProcess process) implements AutoCloseable {
  /** What the server has counted. */
  record Counts(long refused, int mostRefusedInAWindow, int mostInOneSecondAtAHost) {}

  /** A server with these options of {@code flag-server}, besides address and port. */
  static CountingFlagServer start(ScratchFolder scratch, String... options) throws IOException {
    int port = ServerProcess.freePort();
    List<String> command =
        List.of(
            InstalledPrograms.java().toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "flag-server",
            "--bind=0.0.0.0",
            "--port=" + port);
    ServerProcess process =
        ServerProcess.start(
            scratch.emptyFolder("server-" + port),
            Stream.concat(command.stream(), Stream.of(options)).toList());
    process.await(() -> isOpen(port));
    return new CountingFlagServer(port, process);
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  Counts counts() throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/stats");
    try (InputStream in = uri.toURL().openStream()) {
      JsonNode json = new ObjectMapper().readTree(new String(in.readAllBytes(), UTF_8));
      int mostInOneSecond = 0;
      for (JsonNode host : json.path("hosts")) {
        mostInOneSecond = Math.max(mostInOneSecond, host.path("most_in_one_second").asInt());
      }
      return new Counts(
          json.path("statuses").path("429").asLong(),
          json.path("windows").path("most_429").asInt(),
          mostInOneSecond);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
