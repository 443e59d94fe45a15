package dev.sluice.samples.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs in this process, and what the commands refuse. */
@Timeout(60)
class JobsCommandTest {
  @TempDir Path work;

  @SuppressWarnings("NullAway.Init")
  private Path list;

  @BeforeEach
  void writeAList() throws IOException {
    list = Files.writeString(work.resolve("list.txt"), "for.dev\nno such name\n");
  }

  private Run jobs(String command, String... more) {
    List<String> words = new ArrayList<>(List.of("jobs", command, "--db", database()));
    words.addAll(List.of(more));
    return Run.of(words.toArray(new String[0]));
  }

  private String database() {
    return "jdbc:h2:file:" + work.resolve("jobs");
  }

  private static void assertRefused(int status, String words, Run run) {
    assertEquals(status, run.status(), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
    assertTrue(run.err().contains(words), run::err);
    assertFalse(run.err().contains("s3cret"), run::err);
  }

  @Test
  void probesAListAndKeepsTheJournal() throws IOException {
    assertEquals("no jobs\n", jobs("status").out());
    Run added = jobs("add", "probe", list.toString(), "-o", work.toString(), "--", "--embedded");
    assertEquals(0, added.status(), added::err);
    String id = added.out().strip();
    Run worked = jobs("work", "--once");
    assertEquals(0, worked.status(), worked::err);
    assertEquals(id + ": begins\n" + id + ": done\n", worked.err());
    String status = jobs("status").out();
    assertTrue(status.matches("(?s)job +state.*\n" + id + " +done +1 +1 +\\d+@.*\n"), status);
    try (Stream<String> lines = Files.lines(work.resolve(id + ".ndjson"))) {
      assertEquals(2, lines.count());
    }
  }

  @Test
  void queueHasTheSameCommands() {
    Run added = Run.of("queue", "add", "probe", list.toString(), "--db", database());
    assertEquals(0, added.status(), added::err);
    String id = added.out().strip();
    Run status = Run.of("queue", "status", "--db", database());
    assertTrue(status.out().contains(id), status::out);
    assertTrue(Run.of("queue", "--help").out().contains("--producers"));
    assertTrue(Run.of("help", "queue").out().contains("work"));
  }

  @Test
  void aJobWhoseJournalIsNoneFailsWithItsReason() throws IOException {
    Run added =
        jobs("add", "probe", list.toString(), "-o", work.toString(), "--", "--trusted", "::1");
    assertEquals(0, added.status(), added::err);
    assertEquals(0, jobs("work", "--once").status());
    String status = jobs("status").out();
    assertTrue(status.contains(" failed "), status);
    assertTrue(status.contains("--trusted: allowed with --resolver or --servers"), status);
  }

  private void execute(String sql) throws SQLException {
    try (Connection h2 = DriverManager.getConnection(database() + ";AUTO_SERVER=TRUE");
        Statement statement = h2.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }

  @Test
  void aJobThatCannotBeQueuedIsNotAdded() throws SQLException {
    assertEquals("no jobs\n", jobs("status").out());
    execute("ALTER TABLE sluice_queue ADD CONSTRAINT none CHECK (FALSE)");
    assertRefused(
        1,
        "sluice jobs add: jdbc:h2:file:" + work.resolve("jobs") + ": Check constraint",
        jobs("add", "probe", list.toString(), "-o", work.toString(), "--", "--embedded"));
    assertEquals("no jobs\n", jobs("status").out());
  }

  @Test
  void aJobThatIsNotInTheQueueIsRunAllTheSame() throws SQLException {
    Run added = jobs("add", "probe", list.toString(), "-o", work.toString(), "--", "--embedded");
    execute("DELETE FROM sluice_queue");
    assertEquals(0, jobs("work", "--once").status());
    String status = jobs("status").out();
    assertTrue(status.contains(added.out().strip() + "   done"), status);
  }

  /** H2 closes in several steps, and refuses connections with one error or another. */
  @Test
  void aDatabaseThatClosesSaysSo() throws SQLException {
    try (Connection only = DriverManager.getConnection(database() + ";AUTO_SERVER=TRUE");
        Statement statement = only.createStatement()) {
      boolean unused = statement.execute("SET EXCLUSIVE 2");
      assertRefused(1, "jobs: closed, or closing: the process", jobs("status"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "jdbc:h2:mem:x",
        "jdbc:h2:file:",
        "jdbc:h2:file:./x;INIT=RUNSCRIPT FROM 'x'",
        "r2dbc:postgresql://me:s3cret@h/x",
        "jdbc:postgresql://me:s3cret@127.0.0.1"
      })
  void refusesWhatIsNoDatabase(String url) {
    assertRefused(2, "--db", Run.of("jobs", "status", "--db", url));
  }

  @Test
  void saysThatTheServerIsNotThere() {
    assertRefused(
        1,
        "jobs status: jdbc:postgresql://127.0.0.1:1/x: connection refused by 127.0.0.1:1",
        Run.of("jobs", "status", "--db", "jdbc:postgresql://me:s3cret@127.0.0.1:1/x"));
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense, Unknown option",
    "--tries=0, --tries",
    "--retryable, --retryable is not for jobs",
    "--plan, --plan is not for jobs",
    "http://127.0.0.1:1/a, unexpected argument",
    "--journal=x, --journal"
  })
  void refusesOptionsThatAWorkerWouldRefuse(String option, String words) {
    assertRefused(
        2, words, jobs("add", "fetch", list.toString(), "-o", work.toString(), "--", option));
    assertEquals("no jobs\n", jobs("status").out());
  }

  @Test
  void refusesAListThatIsNotThere() {
    assertRefused(
        2, "is not a file that can be read", jobs("add", "fetch", work.resolve("x").toString()));
    assertRefused(
        2,
        "'flags' is not for jobs: allowed are fetch and probe",
        jobs("add", "flags", list.toString()));
    assertRefused(2, "LIST is missing", jobs("add", "fetch"));
    assertRefused(
        2, "is not a folder", jobs("add", "fetch", list.toString(), "-o", list.toString()));
  }
}
