package dev.sluice.samples.ledger;

import dev.sluice.samples.domains.Verdict;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.util.function.Function;

/** Outcomes of many recordings, in a database. */
public final class Ledger implements AutoCloseable {
  static final Sql BY_NAME =
      Sql.of(
          "SELECT " + EntryRows.COLUMNS + " FROM outcome WHERE verdict <> $1 ORDER BY name, id",
          Verdict.UNKNOWN.words());

  private final Database database;

  private Ledger(Database database) {
    this.database = database;
  }

  /** The ledger in this place, made if there is none. */
  public static Single<Ledger> make(DatabaseUrl place) {
    return open(place, Schema::make);
  }

  /** The ledger in this place, if there is one. */
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

  /** An embedded database has nobody but us. */
  private static <T> Flowable<T> mend(DatabaseUrl place, Session session) {
    return place.isH2() ? Recording.dropUncounted(session).toFlowable() : Flowable.empty();
  }

  /**
   * Goes on with the last recording from this source if it was cut short, or begins one.
   *
   * @param anew begin one, whatever became of the last
   */
  public Single<Recording> record(String source, boolean anew) {
    return Recording.open(database, source, anew);
  }

  /** Entries, the oldest first, as they are asked for. */
  Flowable<LedgerEntry> entries(EntryFilter filter) {
    return database.transaction(session -> session.rows(filter.query(), EntryRows::entry));
  }

  /**
   * What changed between the last two recordings of each name, in the order of names. One where
   * nobody could say does not count: an outage is no change.
   */
  Flowable<Change> changes() {
    return Change.among(database.transaction(session -> session.rows(BY_NAME, EntryRows::entry)));
  }

  /** Returns when the database is closed. */
  @Override
  public void close() {
    database.close();
  }
}
