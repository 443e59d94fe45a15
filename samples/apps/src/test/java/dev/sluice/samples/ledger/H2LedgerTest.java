package dev.sluice.samples.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.apps.Blocking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Public, because H2 calls a function of this class. */
public class H2LedgerTest extends LedgerContract {
  private static final AtomicLong MADE = new AtomicLong();

  @TempDir Path folder;

  /** The function that H2 calls for each row. */
  public static long made(long number) {
    MADE.incrementAndGet();
    return number;
  }

  @Override
  DatabaseUrl place() {
    return DatabaseUrl.parse("r2dbc:h2:file:///" + folder.resolve("ledger"));
  }

  @Override
  Sql countedMillion() {
    try (Database database = Database.at(place())) {
      // H2 calls only a deterministic function lazily, row by row.
      String alias =
          "CREATE ALIAS MADE DETERMINISTIC FOR '%s.made'".formatted(getClass().getName());
      Blocking.end(
          database
              .transaction(session -> session.update(Sql.of(alias)).toFlowable())
              .ignoreElements());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    MADE.set(0);
    return Sql.of("SELECT MADE(X) FROM SYSTEM_RANGE(1, $1)", 1_000_000);
  }

  @Override
  long made(Database database) {
    return MADE.get();
  }

  @Test
  void queriesUseTheIndexInsteadOfSorting() throws IOException {
    made().close();
    try (Database database = Database.at(place())) {
      assertSorted(database, EntryFilter.ALL.query());
      assertSorted(database, new EntryFilter(true, Instant.EPOCH, 1).query());
      assertSorted(database, Ledger.BY_NAME);
    }
  }

  @Test
  void deletesTheRestOfAnUncommittedBatchOnOpening() throws IOException {
    try (Ledger ledger = made()) {
      store(ledger, "source", numbered(0, 10));
    }
    try (Database database = Database.at(place())) {
      // The state that H2 may leave when it is killed: entries that no recording has counted.
      for (Sql insert : EntryRows.inserts(1, numbered(10, 13)).toList().blockingGet()) {
        Blocking.end(
            database.transaction(session -> session.update(insert).toFlowable()).ignoreElements());
      }
    }
    try (Ledger ledger = Blocking.value(Ledger.existing(place()))) {
      assertEquals(numbered(0, 10), all(ledger.entries(EntryFilter.ALL)));
    }
  }

  @Test
  void findsTheRestOfABatchWithoutReadingTheWholeTable() throws IOException {
    made().close();
    try (Database database = Database.at(place())) {
      String plan = plan(database, Recording.DROP_UNCOUNTED);
      assertFalse(plan.contains("OUTCOME.tableScan"), plan);
      assertTrue(plan.contains("PRIMARY_KEY"), plan);
    }
  }

  private static void assertSorted(Database database, Sql query) throws IOException {
    String plan = plan(database, query);
    assertTrue(plan.contains("/* index sorted */"), plan);
  }

  private static String plan(Database database, Sql query) throws IOException {
    Sql explain = new Sql("EXPLAIN " + query.text(), query.values());
    return all(database.transaction(
            session -> session.rows(explain, row -> String.valueOf(row.get(0, String.class)))))
        .get(0);
  }

  @Test
  void readingCreatesNoDatabase() {
    IOException e =
        assertThrows(IOException.class, () -> Blocking.value(Ledger.existing(place())).close());
    assertTrue(
        String.valueOf(e.getMessage()).endsWith("there is no ledger: 'ledger record' makes one"),
        e::getMessage);
    assertFalse(Files.exists(folder.resolve("ledger.mv.db")));
  }
}
