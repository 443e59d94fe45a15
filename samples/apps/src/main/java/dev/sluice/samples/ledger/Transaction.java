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
 * A transaction as a resource around a stream: begun on subscribe, committed when the stream
 * completes, rolled back when it fails or is disposed; one of the two, and once. Then the
 * connection goes back, and only then the stream ends.
 *
 * <p>Who disposes while the commit is on its way does not stop it, for nobody could say then what
 * became of it: it is carried out, and the connection goes back as ever. The same holds for the
 * begin, so that there is always something definite to roll back.
 *
 * <p>Everything is called in turn on one worker: an embedded database works on the thread that
 * calls, and a rollback must not overtake the statement that it is meant for.
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
    // Cached, that is: subscribed to once, and never cancelled half way.
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
   * The stream of this work, in a transaction of its own for each subscriber.
   *
   * <p><b>Backpressure:</b> the work's own. <b>Scheduler:</b> the database is called on this
   * scheduler; rows come on the driver's thread, which may be the same. <b>Failure:</b> that of the
   * work, or of the commit. <b>Cancellation:</b> rolls back, in its own time; nobody hears how that
   * went.
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

  /** Ends it, unless that has been done; whoever listens, and however long. */
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
            // Not from within the call that gives the connection back: a pool that is closed there
            // counts that connection twice.
            .observeOn(inTurn)
            .doOnTerminate(whenOver)
            .cache();
    // Whoever hears of it later: it happens once, and now.
    ending.onErrorComplete().subscribe();
    return ending;
  }

  private static Completable begin(Connection connection) {
    return Completable.fromPublisher(connection.beginTransaction())
        .onErrorResumeNext(e -> undo(connection).andThen(Completable.error(e)));
  }

  /** It could not be begun, or not be ended: as far as the connection can tell, nothing stays. */
  private static Completable undo(Connection connection) {
    return Completable.fromPublisher(connection.rollbackTransaction())
        .onErrorComplete()
        .andThen(Completable.fromPublisher(connection.close()).onErrorComplete());
  }
}
