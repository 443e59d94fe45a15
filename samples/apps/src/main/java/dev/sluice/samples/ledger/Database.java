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

/** A database, with a bounded number of connections to it. */
final class Database implements AutoCloseable {
  /** One writes while another looks up. */
  private static final int CONNECTIONS = 2;

  // Calls of an embedded database block, as those over a network may.
  private final Scheduler scheduler = IoSchedulers.shared().network();
  private final DatabaseUrl place;
  private final ConnectionPool pool;

  /** Transactions that have not ended, those included that nobody listens to; and this database. */
  private final Phaser underWay = new Phaser(1);

  private Database(DatabaseUrl place, int connections) {
    this.place = place;
    pool =
        new ConnectionPool(
            ConnectionPoolConfiguration.builder(ConnectionFactories.get(place.options()))
                .initialSize(0)
                .maxSize(connections)
                // A password that was wrong is wrong.
                .acquireRetry(0)
                .build());
  }

  /** Connects when first asked for something. */
  static Database at(DatabaseUrl place) {
    return new Database(place, CONNECTIONS);
  }

  /** Work in a transaction; what goes wrong is said in words, as an {@code IOException}. */
  <T> Flowable<T> transaction(Function<? super Session, ? extends Publisher<T>> work) {
    return transaction(scheduler, work);
  }

  /** The same, where somebody has many of them to do one after another. */
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
   * One thing at a time, and on the same thread as long as there is a next one: an embedded
   * database is quicker where the processor has its pages at hand.
   */
  Scheduler sequence() {
    Scheduler.Worker worker = scheduler.createWorker();
    return Schedulers.from(worker::schedule);
  }

  /** For who would rather begin and end by hand. */
  ConnectionFactory pool() {
    return pool;
  }

  /** Completes when what is under way has ended, and the database is closed. */
  Completable closed() {
    return Completable.fromAction(underWay::arriveAndAwaitAdvance)
        .andThen(Completable.fromPublisher(pool.close()))
        .subscribeOn(scheduler)
        .onErrorComplete();
  }

  /** Returns when what is under way has ended, and the database is closed. */
  @Override
  public void close() {
    closed().blockingAwait();
  }
}
