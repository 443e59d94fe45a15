package dev.sluice.samples.ledger;

import dev.sluice.IoSchedulers;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.functions.Function;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.Phaser;
import org.reactivestreams.Publisher;

/** A database with a pool of connections. */
final class Database implements AutoCloseable {
  /** One for writing, one for lookups meanwhile. */
  private static final int CONNECTIONS = 2;

  // The drivers may block: an embedded database works on the calling thread.
  private final Scheduler scheduler = IoSchedulers.shared().network();
  private final DatabaseUrl place;
  private final ConnectionPool pool;

  /** Counts open transactions, also disposed ones, and this database itself. */
  private final Phaser underWay = new Phaser(1);

  private Database(DatabaseUrl place, int connections) {
    this.place = place;
    pool =
        new ConnectionPool(
            ConnectionPoolConfiguration.builder(ConnectionFactories.get(place.options()))
                .initialSize(0)
                .maxSize(connections)
                // A wrong password stays wrong.
                .acquireRetry(0)
                .build());
  }

  /** A database that is connected to on first use. */
  static Database at(DatabaseUrl place) {
    return new Database(place, CONNECTIONS);
  }

  /** Runs work in a transaction. An error of the database becomes an {@code IOException}. */
  <T> Flowable<T> transaction(Function<? super Session, ? extends Publisher<T>> work) {
    return transaction(scheduler, work);
  }

  /** The same on a scheduler of {@link #sequence}, for many transactions in a row. */
  <T> Flowable<T> transaction(
      Scheduler sequence, Function<? super Session, ? extends Publisher<T>> work) {
    return Flowable.defer(() -> begun(sequence, work))
        .onErrorResumeNext(e -> Flowable.error(DatabaseErrors.about(place, e)));
  }

  private <T> Flowable<T> begun(
      Scheduler sequence, Function<? super Session, ? extends Publisher<T>> work) {
    underWay.register();
    return Transaction.around(pool, sequence, work, underWay::arriveAndDeregister);
  }

  /**
   * A scheduler that runs one task at a time on one thread: an embedded database is faster when its
   * pages are in the cache of one processor.
   */
  Scheduler sequence() {
    Scheduler.Worker worker = scheduler.createWorker();
    return Schedulers.from(worker::schedule);
  }

  /** The pool, for transactions by hand. */
  ConnectionFactory pool() {
    return pool;
  }

  /** Waits for open transactions and closes the database. Never fails. */
  Completable closed() {
    return Completable.fromAction(underWay::arriveAndAwaitAdvance)
        .andThen(Completable.fromPublisher(pool.close()))
        .subscribeOn(scheduler)
        .onErrorComplete();
  }

  /** Waits for open transactions and closes the database. */
  @Override
  public void close() {
    closed().blockingAwait();
  }
}
