package dev.sluice.samples.ledger;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A connection in a transaction: what the work around which it is may ask of it. */
final class Session {
  /** So many rows come from a database at a time, however many there are. */
  static final int FETCH_SIZE = 256;

  private final Connection connection;
  private final Scheduler inTurn;

  /**
   * @param inTurn where the database is called, one thing at a time
   */
  Session(Connection connection, Scheduler inTurn) {
    this.connection = connection;
    this.inTurn = inTurn;
  }

  /** The rows of a query, made as they are asked for. */
  <T> Flowable<T> rows(Sql sql, Function<Readable, T> row) {
    return results(sql, statement -> statement.fetchSize(FETCH_SIZE))
        .concatMap(result -> Flowable.fromPublisher(result.map(row)), 1)
        .subscribeOn(inTurn);
  }

  /** How many rows it changed. */
  Single<Long> update(Sql sql) {
    return updated(results(sql, UnaryOperator.identity()))
        .subscribeOn(inTurn)
        .reduce(0L, Long::sum);
  }

  /** Inserts one row; the number that the database gave it. */
  Single<Long> insert(Sql sql, String column) {
    return results(sql, statement -> statement.returnGeneratedValues(column))
        .concatMap(
            result -> Flowable.fromPublisher(result.map(row -> EntryRows.number(row, column))), 1)
        .subscribeOn(inTurn)
        .firstOrError();
  }

  private static Flowable<Long> updated(Flowable<? extends Result> results) {
    return results.concatMap(result -> Flowable.fromPublisher(result.getRowsUpdated()), 1);
  }

  private Flowable<Result> results(Sql sql, UnaryOperator<Statement> prepare) {
    return Flowable.defer(
        () -> Flowable.fromPublisher(prepare.apply(sql.on(connection)).execute()));
  }
}
