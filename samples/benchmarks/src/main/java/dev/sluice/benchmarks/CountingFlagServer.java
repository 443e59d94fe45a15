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

/** {@code flag-server} in a process of its own, with a quota for each of its addresses. */
record CountingFlagServer(int port, ServerProcess process) implements AutoCloseable {
  /** What the server has counted. */
  record Counts(long refused, int mostRefusedInAWindow, int mostInOneSecondAtAHost) {}

  static CountingFlagServer start(ScratchFolder scratch, String quota) throws IOException {
    int port = ServerProcess.freePort();
    ServerProcess process =
        ServerProcess.start(
            scratch.emptyFolder("server"),
            List.of(
                InstalledPrograms.java().toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "flag-server",
                "--bind=0.0.0.0",
                "--port=" + port,
                "--quota=" + quota,
                "--quota-fields=none"));
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
