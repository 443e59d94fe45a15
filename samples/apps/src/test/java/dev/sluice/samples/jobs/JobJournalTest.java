package dev.sluice.samples.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.journal.Journal;
import dev.sluice.samples.servers.http.HttpServer;
import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import dev.sluice.samples.testing.JavaProcess;
import dev.sluice.samples.testing.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A job is done when its journal has an outcome for each item of its list, and not before. */
@Timeout(120)
class JobJournalTest {
  private static final int NAMES = 10_000;

  @TempDir Path work;

  private String database() {
    return "jdbc:h2:file:" + work.resolve("jobs");
  }

  private Run jobs(String command, String... more) {
    List<String> words = new ArrayList<>(List.of("jobs", command, "--db", database()));
    words.addAll(List.of(more));
    return Run.of(words.toArray(new String[0]));
  }

  private String add(String kind, Stream<String> items, String... options) throws IOException {
    Path list = Files.write(work.resolve("list.txt"), items.toList());
    List<String> words = new ArrayList<>(List.of(kind, list.toString(), "-o", folder(), "--"));
    words.addAll(List.of(options));
    Run added = jobs("add", words.toArray(new String[0]));
    assertEquals(0, added.status(), added::err);
    return added.out().strip();
  }

  private String folder() {
    return work.resolve("files").toString();
  }

  private Journal journal(String id) throws IOException {
    Files.createDirectories(Path.of(folder()));
    return Journal.open(Path.of(folder(), id + ".ndjson"));
  }

  private static Stream<String> names() {
    return IntStream.range(0, NAMES).mapToObj("a-name-that-is-not-there-%05d.dev"::formatted);
  }

  private void assertDone(String id, int outcomes) {
    String status = jobs("status").out();
    assertTrue(status.matches("(?s).*\n" + id + " +done +" + outcomes + " +0 .*"), status);
  }

  private static void execute(Connection h2, String sql) throws SQLException {
    try (Statement statement = h2.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }

  private Process worker(String limits) throws IOException {
    return JavaProcess.startLimited(
        limits,
        work.resolve("worker.out").toFile(),
        "jobs",
        "work",
        "--db",
        database(),
        "--heartbeat",
        "1s",
        "--once");
  }

  private static void assertSays(Process worker, String... parts) throws IOException {
    try (BufferedReader err =
        new BufferedReader(new InputStreamReader(worker.getErrorStream(), UTF_8))) {
      for (String part : parts) {
        String line = String.valueOf(err.readLine());
        assertTrue(line.contains(part), line);
      }
    }
  }

  /** The list and the lock of the journal fit into 1 MiB, and the journal does not. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems count ulimit -f otherwise")
  void aJobWhoseJournalCannotGrowIsTriedAgain() throws Exception {
    String id = add("probe", names(), "--embedded");
    // This process keeps the files of H2 open, because the limit would be one of theirs, too.
    try (Connection h2 = DriverManager.getConnection(database() + ";AUTO_SERVER=TRUE")) {
      execute(h2, "INSERT INTO sluice_failures VALUES ('" + id + "', 4, 0)");
      Process worker = worker("-f 2048");
      try {
        assertSays(
            worker,
            id + ": begins",
            "the outcome is not recorded, and no later one will be: File too large");
      } finally {
        worker.destroyForcibly().waitFor();
      }
      assertEquals(0, jobs("work", "--once", "--heartbeat", "1s").status());
      assertDone(id, NAMES);
      assertTrue(h2.isValid(0));
    }
  }

  /** db-scheduler counts as failures, too, that four workers died. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no sh")
  void takeoversAreNoFailures() throws Exception {
    String id = add("probe", names(), "--embedded");
    try (Connection h2 = DriverManager.getConnection(database() + ";AUTO_SERVER=TRUE")) {
      execute(h2, "UPDATE sluice_queue SET consecutive_failures = 4");
      Process worker;
      try (Journal other = journal(id)) {
        worker = worker("-f unlimited");
        assertSays(worker, id + ": begins", other + ": another run writes to it");
      }
      worker.waitFor();
      assertDone(id, NAMES);
    }
  }

  @Test
  void theFifthFailureWithoutProgressIsTheLast() throws Exception {
    String id = add("probe", names(), "--embedded");
    try (Connection h2 = DriverManager.getConnection(database() + ";AUTO_SERVER=TRUE");
        Journal other = journal(id)) {
      execute(h2, "INSERT INTO sluice_failures VALUES ('" + id + "', 4, 0)");
      assertEquals(0, jobs("work", "--once").status());
      String status = jobs("status").out();
      assertTrue(status.matches("(?s).*\n" + id + " +failed +0 +0 .*"), status);
      assertTrue(status.contains(other + ": another run writes to it"), status);
    }
  }

  @Test
  void aJobWhoseJournalIsDeletedIsTriedAgain() throws Exception {
    AtomicReference<@Nullable Path> journal = new AtomicReference<>();
    try (HttpServer server =
        HttpServer.start(
            "files", HttpServerSettings.onLoopback(), request -> answer(request, journal))) {
      String id =
          add(
              "fetch",
              Stream.of("/0", "/1", "/2").map(server.uri()::resolve).map(Object::toString),
              "-m",
              "1");
      journal.set(Path.of(folder(), id + ".ndjson"));
      Run worked = jobs("work", "--once");
      assertEquals(0, worked.status(), worked::err);
      List<String> said = worked.err().lines().toList();
      assertTrue(said.get(1).contains(": 3 of 3 outcomes are missing"), worked::err);
      assertDone(id, 3);
    }
  }

  private static Response answer(Request request, AtomicReference<@Nullable Path> journal) {
    Path path = request.path().endsWith("2") ? journal.getAndSet(null) : null;
    if (path != null) {
      try {
        Files.delete(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Response.of(Status.OK).with(ByteBuffer.wrap(new byte[] {1, 2, 3}));
  }
}
