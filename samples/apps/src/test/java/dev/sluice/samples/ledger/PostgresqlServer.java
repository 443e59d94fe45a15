package dev.sluice.samples.ledger;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A PostgreSQL server on loopback, if PostgreSQL is installed. */
public final class PostgresqlServer implements AutoCloseable {
  public static final String PASSWORD = "s3cret-of-the-test";

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  private final Path bin;
  private final Path folder;
  private final int port;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresqlServer(Path bin, Path folder, int port) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a server. Skips the test, and says so, if PostgreSQL is not installed.
   *
   * @param what is tested
   */
  public static PostgresqlServer startOrSkip(String what) throws IOException, InterruptedException {
    Optional<Path> bin = installed();
    if (bin.isEmpty()) {
      System.out.println("skipped: " + what + " in PostgreSQL, as none is in " + INSTALLED);
    }
    assumeTrue(bin.isPresent(), "PostgreSQL is not installed");
    return start(bin.get());
  }

  /** The folder of the programs of the newest version. */
  private static Optional<Path> installed() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  private static PostgresqlServer start(Path bin) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sluice-postgresql");
    // PostgreSQL refuses to run as root, so another user needs access to this folder.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.writeString(folder.resolve("password"), PASSWORD);
    PostgresqlServer server = new PostgresqlServer(bin, folder, freePort());
    server.run(
        "initdb",
        "-D",
        server.data(),
        "-U",
        "ledger",
        "-E",
        "UTF8",
        "-A",
        "scram-sha-256",
        "--pwfile",
        folder.resolve("password").toString(),
        "--no-sync");
    String options = "-F -h 127.0.0.1 -p %d -k %s".formatted(server.port, folder);
    server.run("pg_ctl", "-D", server.data(), "-w", "-o", options, "start");
    return server;
  }

  /** The URL of an empty database. */
  String emptyDatabase() throws IOException, InterruptedException {
    String name = "test" + databases.incrementAndGet();
    run("createdb", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", "ledger", name);
    return url(PASSWORD, name);
  }

  /** The JDBC URL of an empty database. */
  public String emptyJdbcDatabase() throws IOException, InterruptedException {
    return emptyDatabase().replace("r2dbc:", "jdbc:");
  }

  String url(String password, String database) {
    return "r2dbc:postgresql://ledger:%s@127.0.0.1:%d/%s".formatted(password, port, database);
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("runuser", "-u", "nobody", "--"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    File log = folder.resolve("log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().put("PGPASSWORD", PASSWORD);
    Process process = builder.start();
    if (!process.waitFor(25, SECONDS) || process.exitValue() != 0) {
      throw new IOException(program + " failed: " + Files.readString(log.toPath()));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
