package dev.sluice.samples.ledger;

import dev.sluice.IoSchedulers;
import dev.sluice.samples.apps.Blocking;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A transaction by hand, the same as a resource, and a cursor. Prints what each of them did. */
final class TransactionDemo {
  private static final Sql TABLE = Sql.of("CREATE TABLE name (name VARCHAR(63) PRIMARY KEY)");
  private static final String INSERT = "INSERT INTO name VALUES ($1)";
  private static final Sql COUNT = Sql.of("SELECT COUNT(*) AS names FROM name");
  private static final Sql MANY = Sql.of("SELECT X FROM SYSTEM_RANGE(1, 1000000)");

  private final Scheduler scheduler = IoSchedulers.shared().network();
  private final PrintWriter out;

  TransactionDemo(PrintWriter out) {
    this.out = out;
  }

  void run() throws IOException {
    DatabaseUrl memory = DatabaseUrl.parse("r2dbc:h2:mem:///demo");
    try (Database database = Database.at(memory)) {
      Blocking.end(
          database.transaction(session -> session.update(TABLE).toFlowable()).ignoreElements());
      out.println("By hand: begin, then commit or roll back, then release the connection");
      byHand(database, List.of("and", "as"));
      byHand(database, List.of("if", "in", "in"));
      out.println("As a resource: the end of the stream decides");
      asResource(database, List.of("is", "not"));
      asResource(database, List.of("or", "try", "try"));
      out.println("A cursor: rows are read on demand");
      cursor(database);
    }
  }

  private void byHand(Database database, List<String> names) throws IOException {
    ConnectionFactory pool = database.pool();
    Connection connection =
        Blocking.value(Single.fromPublisher(pool.create()).cast(Connection.class));
    try {
      Blocking.end(Completable.fromPublisher(connection.beginTransaction()));
      Session session = new Session(connection, scheduler);
      for (String name : names) {
        Blocking.value(session.update(Sql.of(INSERT, name)));
      }
      Blocking.end(Completable.fromPublisher(connection.commitTransaction()));
      say(database, names, "committed");
    } catch (R2dbcException e) {
      Blocking.end(Completable.fromPublisher(connection.rollbackTransaction()));
      say(database, names, "rolled back");
    } finally {
      Blocking.end(Completable.fromPublisher(connection.close()));
    }
  }

  private void asResource(Database database, List<String> names) throws IOException {
    Flowable<Long> inserted =
        database.transaction(
            session ->
                Flowable.fromIterable(names)
                    .concatMapSingle(name -> session.update(Sql.of(INSERT, name))));
    String how =
        Blocking.value(
            inserted
                .ignoreElements()
                .toSingleDefault("committed")
                .onErrorReturnItem("rolled back"));
    say(database, names, how);
  }

  private void say(Database database, List<String> names, String how) throws IOException {
    long count =
        Blocking.value(
            database
                .transaction(session -> session.rows(COUNT, row -> row.get("names", Long.class)))
                .singleOrError());
    out.printf(Locale.ROOT, "  %-14s %-11s  names now: %d%n", String.join(" ", names), how, count);
  }

  private void cursor(Database database) {
    AtomicInteger made = new AtomicInteger();
    Flowable<Integer> rows =
        database.transaction(session -> session.rows(MANY, row -> made.incrementAndGet()));
    int read = 0;
    for (Integer row : rows.take(5).blockingIterable(1)) {
      read++;
      out.printf(Locale.ROOT, "  row %d%n", row);
    }
    out.printf(Locale.ROOT, "  %d of 1000000 rows read, %d made%n", read, made.get());
  }
}
