package dev.sluice.samples.ledger;

import dev.sluice.samples.domains.ProbeVerdict;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.util.function.Function;

/** The recordings in a database. */
public final class Ledger implements AutoCloseable {
  static final Sql BY_NAME =
      Sql.of(
          "SELECT " + EntryRows.COLUMNS + " FROM outcome WHERE verdict <> $1 ORDER BY name, id",
          ProbeVerdict.UNKNOWN.words());

  private final Database database;

  private Ledger(Database database) {
    this.database = database;
  }

  /** Opens the ledger in this database, and creates it if there is none. */
  public static Single<Ledger> make(DatabaseUrl place) {
    return open(place, Schema::make);
  }

  /** Opens the ledger in this database; fails if there is none. */
  static Single<Ledger> existing(DatabaseUrl place) {
    return open(place.existing(), Schema::check);
  }

  private static Single<Ledger> open(DatabaseUrl place, Function<Session, Completable> prepare) {
    return Single.defer(
        () -> {
          Database database = Database.at(place);
          return database
              .transaction(session -> prepare.apply(session).andThen(mend(place, session)))
              .ignoreElements()
              .onErrorResumeNext(e -> database.closed().andThen(Completable.error(e)))
              .toSingle(() -> new Ledger(database));
        });
  }

  /** Repairs an H2 database. Only this process has it open, unlike PostgreSQL. */
  private static <T> Flowable<T> mend(DatabaseUrl place, Session session) {
    return place.isH2() ? Recording.dropUncounted(session).toFlowable() : Flowable.empty();
  }

  /**
   * Continues the last recording of this source if it was interrupted, or begins a new one.
   *
   * @param source a text that identifies the names
   * @param anew always begin a new one
   */
  public Single<Recording> record(String source, boolean anew) {
    return Recording.open(database, source, anew);
  }

  /** The entries, the oldest first, read on demand. */
  Flowable<LedgerEntry> entries(EntryFilter filter) {
    return database.transaction(session -> session.rows(filter.query(), EntryRows::entry));
  }

  /**
   * What changed between the last two recordings of each name, in the order of names. Unknown
   * outcomes do not count, because an outage is not a change.
   */
  Flowable<Change> changes() {
    return Change.among(database.transaction(session -> session.rows(BY_NAME, EntryRows::entry)));
  }

  /** Closes the database, and returns when it is closed. */
  @Override
  public void close() {
    database.close();
  }
}
