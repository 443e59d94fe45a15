package dev.sluice.samples.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.apps.Blocking;
import dev.sluice.samples.domains.ProbeVerdict;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tests of a ledger that each database must pass. */
@Timeout(60)
abstract class LedgerContract {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
  private static final int BATCH = 10;

  /** An empty database, the same one within a test. */
  abstract DatabaseUrl place();

  /** A query for the numbers from 1 to a million that counts the rows read. */
  abstract Sql countedMillion();

  /** The number of rows read. */
  abstract long made(Database database) throws IOException;

  @Test
  void keepsEveryKindOfOutcome() throws IOException {
    List<LedgerEntry> entries =
        List.of(
            found("a.dev", "192.0.2.1", "2001:db8:0:0:0:0:0:1"),
            entry("b.dev", ProbeVerdict.NO_ADDRESS),
            entry("c.dev", ProbeVerdict.NOT_FOUND),
            new LedgerEntry(
                "'; DROP TABLE outcome; --", ProbeVerdict.UNKNOWN, List.of(), NOON, 3, "$1 'no'"));
    try (Ledger ledger = made()) {
      store(ledger, "source", entries);
      assertEquals(entries, all(ledger.entries(EntryFilter.ALL)));
    }
    try (Ledger ledger = Blocking.value(Ledger.existing(place()))) {
      assertEquals(entries, all(ledger.entries(EntryFilter.ALL)));
    }
  }

  @Test
  void storesUsualAndUnusualValuesInAnyOrder() throws IOException {
    LedgerEntry free = entry("ä'b\"$1.dev", ProbeVerdict.NOT_FOUND);
    LedgerEntry failed =
        new LedgerEntry("b.dev", ProbeVerdict.UNKNOWN, List.of(), NOON, 3, "no answer");
    LedgerEntry late = new LedgerEntry("c.dev", ProbeVerdict.NO_ADDRESS, List.of(), NOON, 2, "");
    List<LedgerEntry> entries = List.of(free, failed, free, late, free);
    try (Ledger ledger = made()) {
      store(ledger, "source", entries);
      assertEquals(entries, all(ledger.entries(EntryFilter.ALL)));
    }
  }

  @Test
  void storesABatchOfManyThousandsInOneTransaction() throws IOException {
    List<LedgerEntry> entries = numbered(0, 70_000);
    try (Ledger ledger = made()) {
      Recording recording = Blocking.value(ledger.record("source", false));
      assertEquals(
          List.of(70_000),
          all(recording.store(Flowable.fromIterable(entries), 70_000).map(List::size)));
      assertEquals(entries, all(ledger.entries(EntryFilter.ALL)));
    }
  }

  @Test
  void filtersEntries() throws IOException {
    try (Ledger ledger = made()) {
      LedgerEntry early = at(NOON.minusSeconds(1), entry("a.dev", ProbeVerdict.FOUND));
      LedgerEntry free = entry("b.dev", ProbeVerdict.NOT_FOUND);
      LedgerEntry late = at(NOON.plusSeconds(1), entry("c.dev", ProbeVerdict.NO_ADDRESS));
      store(ledger, "source", List.of(early, free, late));
      long any = Long.MAX_VALUE;
      assertEquals(
          List.of(early, late), all(ledger.entries(new EntryFilter(true, Instant.EPOCH, any))));
      assertEquals(List.of(free, late), all(ledger.entries(new EntryFilter(false, NOON, any))));
      assertEquals(
          List.of(early, free), all(ledger.entries(new EntryFilter(false, Instant.EPOCH, 2))));
      assertEquals(List.of(late), all(ledger.entries(new EntryFilter(true, NOON, 1))));
    }
  }

  @Test
  void storesNothingOfAFailedBatch() throws IOException {
    try (Ledger ledger = made()) {
      Recording recording = Blocking.value(ledger.record("source", false));
      LedgerEntry tooLong = entry("x".repeat(254), ProbeVerdict.NOT_FOUND);
      Flowable<LedgerEntry> entries =
          Flowable.fromIterable(numbered(0, 15)).concatWith(Flowable.just(tooLong));
      IOException e =
          assertThrows(
              IOException.class,
              () -> Blocking.end(recording.store(entries, BATCH).ignoreElements()));
      assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e::getMessage);
      assertEquals(numbered(0, 10), all(ledger.entries(EntryFilter.ALL)));
    }
  }

  @Test
  void continuesAnInterruptedRecording() throws IOException {
    List<String> names = numbered(0, 30).stream().map(LedgerEntry::name).toList();
    try (Ledger ledger = made()) {
      Recording first = Blocking.value(ledger.record("source", false));
      Blocking.end(first.store(Flowable.fromIterable(numbered(0, 20)), BATCH).ignoreElements());
      Recording next = Blocking.value(ledger.record("source", false));
      assertEquals(20, next.storedBefore());
      assertEquals(names.subList(20, 30), all(next.unrecorded(Flowable.fromIterable(names))));
      Blocking.end(next.store(Flowable.fromIterable(numbered(20, 30)), BATCH).ignoreElements());
      Blocking.end(next.finish());
      assertEquals(numbered(0, 30), all(ledger.entries(EntryFilter.ALL)));
      assertEquals(0, Blocking.value(ledger.record("source", false)).storedBefore());
    }
  }

  @Test
  void beginsANewRecordingOnRequestAndForAnotherSource() throws IOException {
    try (Ledger ledger = made()) {
      Recording first = Blocking.value(ledger.record("source", false));
      Blocking.end(first.store(Flowable.fromIterable(numbered(0, 1)), BATCH).ignoreElements());
      assertEquals(0, Blocking.value(ledger.record("other", false)).storedBefore());
      assertEquals(0, Blocking.value(ledger.record("source", true)).storedBefore());
    }
  }

  @Test
  void detectsTwoProcessesThatContinueTheSameRecording() throws IOException {
    try (Ledger ledger = made()) {
      Recording one = Blocking.value(ledger.record("source", false));
      Recording other = Blocking.value(ledger.record("source", false));
      Blocking.end(one.store(Flowable.fromIterable(numbered(0, 10)), BATCH).ignoreElements());
      IOException e =
          assertThrows(
              IOException.class,
              () ->
                  Blocking.end(
                      other
                          .store(Flowable.fromIterable(numbered(10, 20)), BATCH)
                          .ignoreElements()));
      assertEquals("another process continues this recording", e.getMessage());
      assertEquals(numbered(0, 10), all(ledger.entries(EntryFilter.ALL)));
    }
  }

  @Test
  void findsTheChangesBetweenTheLastTwoRecordings() throws IOException {
    try (Ledger ledger = made()) {
      store(
          ledger,
          "1",
          List.of(
              entry("free.dev", ProbeVerdict.NOT_FOUND),
              entry("gone.dev", ProbeVerdict.NOT_FOUND),
              entry("once.dev", ProbeVerdict.FOUND),
              found("moved.dev", "192.0.2.1"),
              found("turns.dev", "192.0.2.1", "192.0.2.2"),
              found("taken.dev", "192.0.2.9")));
      store(
          ledger,
          "2",
          List.of(
              found("free.dev", "192.0.2.3"),
              found("gone.dev", "192.0.2.3"),
              found("moved.dev", "192.0.2.1", "192.0.2.4"),
              found("turns.dev", "192.0.2.2", "192.0.2.1"),
              entry("taken.dev", ProbeVerdict.UNKNOWN)));
      store(
          ledger,
          "3",
          List.of(
              entry("free.dev", ProbeVerdict.UNKNOWN),
              entry("gone.dev", ProbeVerdict.NOT_FOUND),
              entry("taken.dev", ProbeVerdict.NO_ADDRESS)));
      assertEquals(
          List.of(
              "free.dev BECAME_TAKEN",
              "gone.dev BECAME_FREE",
              "moved.dev ADDRESS_CHANGED",
              "taken.dev ADDRESS_CHANGED"),
          all(ledger.changes().map(change -> change.after().name() + " " + change.kind())));
    }
  }

  @Test
  void refusesALedgerOfALaterVersion() throws IOException {
    made().close();
    try (Database database = Database.at(place())) {
      Blocking.end(
          database
              .transaction(
                  session ->
                      session
                          .update(Sql.of("UPDATE ledger_schema SET version = $1", 1))
                          .toFlowable())
              .ignoreElements());
    }
    String message = "the ledger has version 1, and this program knows 2";
    IOException e = assertThrows(IOException.class, () -> made().close());
    assertEquals(message, e.getMessage());
    e = assertThrows(IOException.class, () -> Blocking.value(Ledger.existing(place())).close());
    assertEquals(message, e.getMessage());
  }

  @Test
  void readsFewMoreRowsThanAreRequested() throws IOException {
    try (Database database = Database.at(place())) {
      Sql million = countedMillion();
      Flowable<Long> rows =
          database.transaction(session -> session.rows(million, row -> row.get(0, Long.class)));
      List<Long> ten = all(rows.rebatchRequests(Session.FETCH_SIZE).take(10));
      assertEquals(IntStream.rangeClosed(1, 10).asLongStream().boxed().toList(), ten);
      long made = made(database);
      assertTrue(made >= 10 && made <= 2 * Session.FETCH_SIZE, () -> made + " made");
    }
  }

  final Ledger made() throws IOException {
    return Blocking.value(Ledger.make(place()));
  }

  static List<LedgerEntry> numbered(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> entry("n" + i + ".dev", ProbeVerdict.NOT_FOUND))
        .toList();
  }

  static void store(Ledger ledger, String source, List<LedgerEntry> entries) throws IOException {
    Recording recording = Blocking.value(ledger.record(source, false));
    Blocking.end(recording.store(Flowable.fromIterable(entries), BATCH).ignoreElements());
    Blocking.end(recording.finish());
  }

  static <T> List<T> all(Flowable<T> stream) throws IOException {
    return Blocking.value(stream.toList());
  }

  private static LedgerEntry entry(String name, ProbeVerdict verdict) {
    return new LedgerEntry(name, verdict, List.of(), NOON, 1, "");
  }

  private static LedgerEntry found(String name, String... addresses) {
    return new LedgerEntry(name, ProbeVerdict.FOUND, List.of(addresses), NOON, 1, "");
  }

  private static LedgerEntry at(Instant time, LedgerEntry entry) {
    return new LedgerEntry(entry.name(), entry.verdict(), entry.addresses(), time, 1, "");
  }
}
