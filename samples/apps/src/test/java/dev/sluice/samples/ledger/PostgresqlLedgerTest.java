package dev.sluice.samples.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.apps.Blocking;
import dev.sluice.samples.testing.Run;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PostgresqlLedgerTest extends LedgerContract {
  private static @Nullable PostgresqlServer server;

  @SuppressWarnings("NullAway.Init")
  private String url;

  @BeforeAll
  @Timeout(90)
  static void start() throws IOException, InterruptedException {
    server = PostgresqlServer.startOrSkip("ledger");
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void makeADatabase() throws IOException, InterruptedException {
    url = server().emptyDatabase();
  }

  @Override
  DatabaseUrl place() {
    return DatabaseUrl.parse(url);
  }

  @Override
  Sql countedMillion() {
    try (Database database = Database.at(place())) {
      Blocking.end(
          database
              .transaction(session -> session.update(Sql.of("CREATE SEQUENCE made")).toFlowable())
              .ignoreElements());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    // In FROM, PostgreSQL would make all numbers before it returns the first.
    return Sql.of("SELECT nextval('made'), generate_series(1, $1)", 1_000_000);
  }

  @Override
  long made(Database database) throws IOException {
    Sql last = Sql.of("SELECT last_value FROM made");
    return all(database.transaction(session -> session.rows(last, row -> row.get(0, Long.class))))
        .get(0);
  }

  @Test
  void refusesAWrongPasswordWithoutShowingIt() {
    Run run = Run.of("ledger", "show", "--db", server().url("wr0ng", "postgres"));
    assertEquals(1, run.status());
    assertTrue(run.err().endsWith(": the user or the password is wrong\n"), run::err);
    assertFalse(run.err().contains("wr0ng"), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
  }

  @Test
  void saysThatThereIsNoLedger() {
    Run run = Run.of("ledger", "show", "--db", url);
    assertEquals(1, run.status());
    assertTrue(run.err().endsWith(": there is no ledger: 'ledger record' makes one\n"), run::err);
    assertFalse(run.err().contains(PostgresqlServer.PASSWORD), run::err);
  }

  @Test
  void saysThatThereIsNoSuchDatabase() {
    Run run = Run.of("ledger", "record", "--db", url + "x", "--embedded", "a.dev");
    assertEquals(1, run.status());
    assertTrue(run.err().contains("does not exist"), run::err);
    assertEquals(1, run.err().lines().count(), run::err);
  }

  @Test
  void recordsAndShows() {
    assertEquals(0, Run.of("ledger", "record", "--db", url, "--embedded", "for.dev").status());
    Run run = Run.of("ledger", "show", "--db", url, "--found");
    assertTrue(run.out().matches("\\S+Z \\+ for\\.dev 10\\..*\n"), run::out);
  }

  private static PostgresqlServer server() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }
}
