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

/** A connection within a transaction. */
final class Session {
  /** Rows fetched from the database at a time. */
  static final int FETCH_SIZE = 256;

  private final Connection connection;
  private final Scheduler inTurn;

  /**
   * @param inTurn runs the calls of the driver one after another
   */
  Session(Connection connection, Scheduler inTurn) {
    this.connection = connection;
    this.inTurn = inTurn;
  }

  /** The rows of a query, read on demand. */
  <T> Flowable<T> rows(Sql sql, Function<Readable, T> row) {
    return results(sql, statement -> statement.fetchSize(FETCH_SIZE))
        .concatMap(result -> Flowable.fromPublisher(result.map(row)), 1)
        .subscribeOn(inTurn);
  }

  /** Runs a statement; the number of rows that it changed. */
  Single<Long> update(Sql sql) {
    return updated(results(sql, UnaryOperator.identity()))
        .subscribeOn(inTurn)
        .reduce(0L, Long::sum);
  }

  /** Inserts one row; the generated value of this column. */
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
