package dev.sluice.samples.ledger;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One run over the names of one source. Entries are stored in batches. The transaction of a batch
 * also updates the number of stored entries, so an interrupted recording can be continued, and two
 * processes that continue the same one are detected.
 */
public final class Recording {
  private static final String NEWEST =
      "SELECT id, stored, finished FROM recording WHERE source = $1 ORDER BY id DESC LIMIT 1";
  private static final String BEGIN =
      "INSERT INTO recording (source, begun, finished, stored, newest)"
          + " VALUES ($1, $2, FALSE, 0, 0)";
  private static final String ADVANCE =
      "UPDATE recording SET stored = $1, newest = (SELECT MAX(id) FROM outcome)"
          + " WHERE id = $2 AND stored = $3";
  private static final String FINISH = "UPDATE recording SET finished = TRUE WHERE id = $1";
  private static final String RECORDED =
      "SELECT name FROM outcome WHERE recording = $1 AND name = ANY(CAST($2 AS VARCHAR ARRAY))";

  /** Deletes entries newer than the last batch that any recording has counted. */
  static final Sql DROP_UNCOUNTED =
      Sql.of("DELETE FROM outcome WHERE id > (SELECT COALESCE(MAX(newest), 0) FROM recording)");

  /** Names looked up in one query. */
  private static final int LOOKUP_SIZE = 256;

  private final Database database;
  private final long id;
  private final long storedBefore;
  private long stored;

  private Recording(Database database, long id, long stored) {
    this.database = database;
    this.id = id;
    this.storedBefore = stored;
    this.stored = stored;
  }

  static Single<Recording> open(Database database, String source, boolean anew) {
    return database
        .transaction(
            session ->
                (anew ? Maybe.<Recording>empty() : cutShort(database, session, source))
                    .switchIfEmpty(begin(database, session, source))
                    .toFlowable())
        // Not firstOrError(): it disposes after the first item, which rolls back the transaction.
        .singleOrError();
  }

  private static Maybe<Recording> cutShort(Database database, Session session, String source) {
    return session
        .rows(Sql.of(NEWEST, source), row -> cutShort(database, row))
        .concatMapMaybe(found -> found)
        .firstElement();
  }

  private static Maybe<Recording> cutShort(Database database, Readable row) {
    boolean finished = requireNonNull(row.get("finished", Boolean.class));
    return finished
        ? Maybe.empty()
        : Maybe.just(
            new Recording(database, EntryRows.number(row, "id"), EntryRows.number(row, "stored")));
  }

  private static Single<Recording> begin(Database database, Session session, String source) {
    return session
        .insert(Sql.of(BEGIN, source, EntryRows.time(Instant.now())), "id")
        .map(id -> new Recording(database, id, 0));
  }

  /**
   * Deletes what is left of a batch that was not committed. H2 writes its tables one after another,
   * so a process that is killed meanwhile may leave such entries (H2 issue 2080). Only for a
   * database that no other process has open.
   */
  static Completable dropUncounted(Session session) {
    return session.update(DROP_UNCOUNTED).ignoreElement();
  }

  /** The number of entries from earlier runs of this recording. */
  long storedBefore() {
    return storedBefore;
  }

  /** These names without those that an earlier run has stored. Honours backpressure. */
  Flowable<String> unrecorded(Flowable<String> names) {
    return storedBefore == 0 ? names : names.buffer(LOOKUP_SIZE).concatMap(this::unrecorded, 1);
  }

  private Flowable<String> unrecorded(List<String> names) {
    TextArray stored = new TextArray(names.stream().map(LedgerEntry::storedName).toList());
    return database
        .transaction(
            session ->
                session.rows(Sql.of(RECORDED, id, stored), row -> EntryRows.text(row, "name")))
        .<Set<String>>collect(HashSet::new, Set::add)
        .flatMapPublisher(
            known ->
                Flowable.fromIterable(names)
                    .filter(name -> !known.contains(LedgerEntry.storedName(name))));
  }

  /**
   * Stores entries in batches, each in a transaction of its own. Emits each batch after its commit.
   */
  public Flowable<List<LedgerEntry>> store(Flowable<LedgerEntry> entries, int batchSize) {
    return Flowable.defer(
        () -> {
          Scheduler sequence = database.sequence();
          return entries.buffer(batchSize).concatMapSingle(batch -> storeBatch(sequence, batch), 1);
        });
  }

  private Single<List<LedgerEntry>> storeBatch(Scheduler sequence, List<LedgerEntry> batch) {
    return database
        .<Long>transaction(sequence, session -> insert(session, batch).toFlowable())
        .ignoreElements()
        .doOnComplete(() -> stored += batch.size())
        .toSingleDefault(batch);
  }

  private Single<Long> insert(Session session, List<LedgerEntry> batch) {
    return EntryRows.inserts(id, batch)
        .concatMapSingle(session::update, 1)
        .ignoreElements()
        .andThen(session.update(advance(batch.size())))
        .flatMap(updated -> updated == 1 ? Single.just(updated) : taken());
  }

  private Sql advance(int by) {
    return Sql.of(ADVANCE, stored + by, id, stored);
  }

  private static <T> Single<T> taken() {
    return Single.error(new IOException("another process continues this recording"));
  }

  /** Marks the recording as complete: the next run begins a new one. */
  public Completable finish() {
    return database
        .transaction(session -> session.update(Sql.of(FINISH, id)).toFlowable())
        .ignoreElements();
  }
}
