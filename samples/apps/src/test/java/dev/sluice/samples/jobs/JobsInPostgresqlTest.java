package dev.sluice.samples.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.journal.Journal;
import dev.sluice.samples.ledger.PostgresqlServer;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same jobs in PostgreSQL, where it is installed. */
@Timeout(120)
class JobsInPostgresqlTest {
  @TempDir Path work;

  private static PostgresqlServer server() throws IOException, InterruptedException {
    return PostgresqlServer.startOrSkip("jobs");
  }

  private Run add(String url) throws IOException {
    Path list = Files.writeString(work.resolve("list.txt"), "for.dev\nzzz.dev\n");
    Run added =
        Run.of(
            "jobs",
            "add",
            "--db",
            url,
            "probe",
            list.toString(),
            "-o",
            work.toString(),
            "--",
            "--embedded");
    assertEquals(0, added.status(), added::err);
    return added;
  }

  private static void execute(String url, String sql) throws SQLException {
    String address = url.replaceFirst("//.*@", "//");
    try (Connection connection =
            DriverManager.getConnection(address, "ledger", PostgresqlServer.PASSWORD);
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }

  @Test
  void aJobIsAddedRunAndShown() throws IOException, InterruptedException {
    try (PostgresqlServer server = server()) {
      String url = server.emptyJdbcDatabase();
      Run added = add(url);
      Run worked = Run.of("jobs", "work", "--db", url, "--once");
      assertEquals(0, worked.status(), worked::err);
      String status = Run.of("jobs", "status", "--db", url).out();
      assertTrue(status.matches("(?s).*" + added.out().strip() + " +done +2 +0 .*"), status);
    }
  }

  @Test
  void theFifthFailureWithoutProgressIsTheLast() throws Exception {
    try (PostgresqlServer server = server()) {
      String url = server.emptyJdbcDatabase();
      String id = add(url).out().strip();
      execute(url, "DELETE FROM sluice_queue");
      execute(url, "INSERT INTO sluice_failures VALUES ('" + id + "', 4, 0)");
      try (Journal other = Journal.open(work.resolve(id + ".ndjson"))) {
        assertEquals(0, Run.of("jobs", "work", "--db", url, "--once").status());
        String status = Run.of("jobs", "status", "--db", url).out();
        assertTrue(status.matches("(?s).*" + id + " +failed +0 +0 .*"), status);
        assertTrue(status.contains(other + ": another run writes to it"), status);
      }
    }
  }
}
