package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** An independent server as a child process, which ends with this process. */
final class ServerProcess implements AutoCloseable {
  private static final int TRIES = 2_400;
  private static final long BETWEEN_TRIES_MILLIS = 25;
  private static final int PORT_TRIES = 100;

  private final Process process;
  private final Path output;

  private ServerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static ServerProcess start(Path home, List<String> command) throws IOException {
    Path output = home.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    ServerProcess daemon = new ServerProcess(process, output);
    Runtime.getRuntime().addShutdownHook(new Thread(daemon::close));
    return daemon;
  }

  /** Waits until the server answers; loading a large zone takes a while. */
  void await(BooleanSupplier answers) throws IOException {
    for (int attempt = 0; attempt < TRIES && process.isAlive(); attempt++) {
      if (answers.getAsBoolean()) {
        return;
      }
      InstalledPrograms.pause(BETWEEN_TRIES_MILLIS);
    }
    close();
    throw new IOException("the server does not answer: " + Files.readString(output));
  }

  /** A port that is free for TCP and UDP. */
  static int freePort() throws IOException {
    for (int i = 0; i < PORT_TRIES; i++) {
      try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (isFreeForUdp(new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort()))) {
          return tcp.getLocalPort();
        }
      }
    }
    throw new IOException("no port is free for TCP and UDP");
  }

  static boolean isFreeForUdp(InetSocketAddress address) {
    try (DatagramSocket udp = new DatagramSocket(address)) {
      return udp.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
