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
import java.util.concurrent.Phaser;
import org.reactivestreams.Publisher;

/** A database, with a bounded number of connections to it. */
final class Database implements AutoCloseable {
  /** One writes while another looks up. */
  private static final int CONNECTIONS = 2;

  // Calls of an embedded database block, as those over a network may.
  private final Scheduler scheduler = IoSchedulers.shared().network();
  private final Place place;
  private final ConnectionPool pool;

  /** Transactions that have not ended, those included that nobody listens to; and this database. */
  private final Phaser underWay = new Phaser(1);

  private Database(Place place, int connections) {
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
  static Database at(Place place) {
    return new Database(place, CONNECTIONS);
  }

  /** Work in a transaction; what goes wrong is said in words, as an {@code IOException}. */
  <T> Flowable<T> transaction(Function<? super Session, ? extends Publisher<T>> work) {
    return Flowable.defer(() -> begun(work))
        .onErrorResumeNext(e -> Flowable.error(Complaint.about(place, e)));
  }

  private <T> Flowable<T> begun(Function<? super Session, ? extends Publisher<T>> work) {
    underWay.register();
    return Transaction.around(pool, scheduler, work, underWay::arriveAndDeregister);
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
