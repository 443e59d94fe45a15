package dev.sluice.samples.ledger;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Action;
import io.reactivex.rxjava3.functions.Function;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;

/**
 * A transaction as a resource around a stream. It begins on subscribe. It is committed when the
 * stream completes, and rolled back when the stream fails or is disposed. Then the connection is
 * released, and only then the stream ends.
 *
 * <p>Dispose does not stop a commit that is in progress, because its result would be unknown. The
 * commit is finished and the connection is released. The same holds for the begin, so that there is
 * always a transaction to roll back.
 *
 * <p>All calls of the driver are made one after another on one worker: an embedded database works
 * on the calling thread, and a rollback must not overtake a statement.
 */
final class Transaction {
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Scheduler inTurn;
  private final Single<Connection> begun;
  private final Action whenOver;

  private Transaction(ConnectionFactory pool, Scheduler scheduler, Action whenOver) {
    this.whenOver = whenOver;
    Scheduler.Worker worker = scheduler.createWorker();
    inTurn = Schedulers.from(worker::schedule);
    // cache() subscribes once and is not cancelled by a dispose.
    begun =
        Single.fromPublisher(pool.create())
            .cast(Connection.class)
            .subscribeOn(inTurn)
            .observeOn(inTurn)
            .flatMap(connection -> begin(connection).toSingleDefault(connection))
            .observeOn(inTurn)
            .cache();
  }

  /**
   * Runs this work in a transaction, a new one for each subscriber.
   *
   * <p><b>Backpressure:</b> that of the work. <b>Scheduler:</b> the driver is called on this
   * scheduler; rows come on the thread of the driver, which may be the same. <b>Failure:</b> that
   * of the work or of the commit. <b>Cancellation:</b> starts a rollback and does not wait for it;
   * its errors are dropped.
   *
   * @param whenOver runs when the transaction has ended and the connection is released
   */
  static <T> Flowable<T> around(
      ConnectionFactory pool,
      Scheduler scheduler,
      Function<? super Session, ? extends Publisher<T>> work,
      Action whenOver) {
    return Flowable.using(
        () -> new Transaction(pool, scheduler, whenOver),
        transaction -> transaction.stream(work),
        Transaction::abandon,
        false);
  }

  private <T> Flowable<T> stream(Function<? super Session, ? extends Publisher<T>> work) {
    return begun
        .flatMapPublisher(connection -> work.apply(new Session(connection, inTurn)))
        .concatWith(Completable.defer(() -> end(Connection::commitTransaction)))
        .onErrorResumeNext(
            e -> end(Connection::rollbackTransaction).onErrorComplete().andThen(Flowable.error(e)));
  }

  private void abandon() {
    end(Connection::rollbackTransaction).onErrorComplete().subscribe();
  }

  /** Ends the transaction once, even if this is disposed. */
  private Completable end(Function<Connection, Publisher<Void>> how) {
    if (!ended.compareAndSet(false, true)) {
      return Completable.complete();
    }
    Completable ending =
        begun
            .flatMapCompletable(
                connection ->
                    Completable.fromPublisher(how.apply(connection))
                        .onErrorResumeNext(e -> undo(connection).andThen(Completable.error(e)))
                        .andThen(Completable.fromPublisher(connection.close())))
            .subscribeOn(inTurn)
            // Leaves the call that releases the connection: a pool that is closed within that call
            // counts the connection twice.
            .observeOn(inTurn)
            .doOnTerminate(whenOver)
            .cache();
    // Starts now; cache() gives the result to later subscribers.
    ending.onErrorComplete().subscribe();
    return ending;
  }

  private static Completable begin(Connection connection) {
    return Completable.fromPublisher(connection.beginTransaction())
        .onErrorResumeNext(e -> undo(connection).andThen(Completable.error(e)));
  }

  /** After a failed begin or commit: rolls back and releases the connection, without errors. */
  private static Completable undo(Connection connection) {
    return Completable.fromPublisher(connection.rollbackTransaction())
        .onErrorComplete()
        .andThen(Completable.fromPublisher(connection.close()).onErrorComplete());
  }
}
