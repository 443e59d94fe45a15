package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mojifinder servers beside a bare Vert.x server, and beside the asyncio originals if given:
 * {@code MojifinderPeers LAUNCHER [FOLDER]}, the folder with {@code web_mojifinder.py} and {@code
 * tcp_mojifinder.py}. HTTP is loaded by wrk, TCP by {@link TcpQueries}.
 */
final class MojifinderPeers {
  private static final int ROUNDS = 3;
  private static final int SECONDS = 4;
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

  private final String launcher;
  private final Optional<Path> originals;

  private MojifinderPeers(String launcher, Optional<Path> originals) {
    this.launcher = launcher;
    this.originals = originals;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Optional<Path> originals = args.length > 1 ? Optional.of(Path.of(args[1])) : Optional.empty();
    MojifinderPeers peers = new MojifinderPeers(args[0], originals);
    if (InstalledPrograms.find("wrk").isPresent()) {
      peers.web();
    } else {
      System.out.println("HTTP is left out: wrk is not installed");
    }
    peers.tcp();
  }

  private void web() throws IOException, InterruptedException {
    List<Server> servers = new ArrayList<>();
    int port = ServerProcess.freePort();
    servers.add(server("web-mojifinder", port, launcher, "web-mojifinder", "--port", "" + port));
    int bare = ServerProcess.freePort();
    String jar = System.getProperty("java.class.path");
    String hello = HelloServer.class.getName();
    String java = InstalledPrograms.java().toString();
    // The JVM options of the launcher.
    servers.add(
        server("bare Vert.x", bare, java, "-XX:+UseSerialGC", "-cp", jar, hello, "" + bare));
    original(
            "FastAPI + uvicorn",
            "fastapi",
            "-m uvicorn web_mojifinder:app --log-level error --port %d")
        .ifPresent(servers::add);
    compare(servers, server -> wrk(server.port()));
    servers.forEach(server -> server.daemon().close());
  }

  private void tcp() throws IOException, InterruptedException {
    List<Server> servers = new ArrayList<>();
    int port = ServerProcess.freePort();
    servers.add(server("tcp-mojifinder", port, launcher, "tcp-mojifinder", "--port", "" + port));
    original("asyncio", "asyncio", "tcp_mojifinder.py 127.0.0.1 %d").ifPresent(servers::add);
    System.out.println("one query at a time for each of 50 clients");
    compare(servers, server -> queries(server, 1));
    System.out.println("twenty queries at a time");
    compare(servers, server -> queries(server, 20));
    servers.forEach(server -> server.daemon().close());
  }

  private Optional<Server> original(String name, String module, String arguments)
      throws IOException {
    Optional<Path> python = InstalledPrograms.pythonWith(module);
    if (originals.isEmpty() || python.isEmpty()) {
      System.out.println(name + " is left out: no folder was given, or no Python has " + module);
      return Optional.empty();
    }
    int port = ServerProcess.freePort();
    String line = "cd '%s' && exec '%s' " + arguments;
    return Optional.of(
        server(name, port, "sh", "-c", line.formatted(originals.get(), python.get(), port)));
  }

  private static Server server(String name, int port, String... command) throws IOException {
    ServerProcess daemon =
        ServerProcess.start(Files.createTempDirectory("mojifinder"), List.of(command));
    daemon.await(() -> isOpen(port));
    return new Server(name, port, daemon);
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * Loads the servers in turn, so that disturbances affect all of them. The first round warms up.
   */
  private static void compare(List<Server> servers, Load load)
      throws IOException, InterruptedException {
    for (int round = 0; round <= ROUNDS; round++) {
      for (Server server : servers) {
        double rate = load.rate(server);
        String note = round == 0 ? " (warming up)" : "";
        System.out.printf("%-20s %,10.0f a second%s%n", server.name(), rate, note);
      }
    }
  }

  private static double wrk(int port) throws IOException, InterruptedException {
    String uri = "http://127.0.0.1:" + port + "/search?q=cat+face";
    Process wrk = new ProcessBuilder("wrk", "-t1", "-c50", "-d" + SECONDS, uri).start();
    String printed = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(printed);
    if (wrk.waitFor() != 0 || !rate.find() || printed.contains("Non-2xx")) {
      throw new IOException("wrk failed: " + printed);
    }
    return Double.parseDouble(rate.group(1));
  }

  private static double queries(Server server, int atOnce) throws IOException {
    try (TcpQueries queries = new TcpQueries(server.port(), atOnce)) {
      return queries.rate(SECONDS);
    }
  }

  private record Server(String name, int port, ServerProcess daemon) {}

  /** Puts load on a server. */
  private interface Load {
    double rate(Server server) throws IOException, InterruptedException;
  }
}
