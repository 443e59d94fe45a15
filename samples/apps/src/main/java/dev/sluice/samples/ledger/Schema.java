package dev.sluice.samples.ledger;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The tables and their version. */
final class Schema {
  static final int VERSION = 2;

  private static final Sql VERSIONS =
      Sql.of("CREATE TABLE IF NOT EXISTS ledger_schema (version INTEGER NOT NULL)");

  /** Any of them may exist already, from a process that was killed before it made all. */
  private static final List<Sql> TABLES =
      List.of(
          Sql.of(
              """
              CREATE TABLE IF NOT EXISTS recording (
                id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                source VARCHAR(1000) NOT NULL,
                begun TIMESTAMP WITH TIME ZONE NOT NULL,
                finished BOOLEAN NOT NULL,
                stored BIGINT NOT NULL,
                newest BIGINT NOT NULL)
              """),
          Sql.of(
              """
              CREATE TABLE IF NOT EXISTS outcome (
                id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                recording BIGINT NOT NULL,
                name VARCHAR(253) NOT NULL,
                verdict VARCHAR(10) NOT NULL,
                addresses VARCHAR(10000) NOT NULL,
                seen TIMESTAMP WITH TIME ZONE NOT NULL,
                attempts INTEGER NOT NULL,
                reason VARCHAR(1000) NOT NULL)
              """),
          Sql.of("CREATE INDEX IF NOT EXISTS outcome_by_name ON outcome (name, id)"));

  private static final Sql VERSION_MADE =
      Sql.of("INSERT INTO ledger_schema (version) VALUES ($1)", VERSION);

  private static final Sql WHICH_VERSION = Sql.of("SELECT version FROM ledger_schema");

  private Schema() {}

  /** Creates the tables if there are none. */
  static Completable make(Session session) {
    return session
        .update(VERSIONS)
        .flatMap(made -> version(session))
        .flatMapCompletable(version -> version == 0 ? makeAll(session) : check(version));
  }

  /** The version is stored last, so it is only there if all tables are. */
  private static Completable makeAll(Session session) {
    return Flowable.fromIterable(TABLES)
        .concatMapSingle(session::update)
        .ignoreElements()
        .andThen(session.update(VERSION_MADE))
        .ignoreElement();
  }

  /** Fails if the tables have another version than this program knows. */
  static Completable check(Session session) {
    return version(session).flatMapCompletable(Schema::check);
  }

  private static Single<Integer> version(Session session) {
    return session.rows(WHICH_VERSION, row -> (Integer) row.get("version")).first(0);
  }

  private static Completable check(int version) {
    return version == VERSION
        ? Completable.complete()
        : Completable.error(
            new IOException(
                String.format(
                    Locale.ROOT,
                    "the ledger has version %d, and this program knows %d",
                    version,
                    VERSION)));
  }
}
