package dev.sluice.samples.ledger;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.IoSchedulers;
import dev.sluice.samples.apps.Blocking;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.functions.Function;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/** Each transaction begins once, ends once and releases its connection, in all cases. */
class TransactionTest {
  private static final List<String> COMMITTED =
      List.of("create", "beginTransaction", "commitTransaction", "close");
  private static final List<String> ROLLED_BACK =
      List.of("create", "beginTransaction", "rollbackTransaction", "close");
  private static final Sql ONE = Sql.of("SELECT 1");
  private static final int CONNECTIONS = 2;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Scheduler scheduler = IoSchedulers.shared().network();
  private final Queue<Throwable> undeliverable = new ConcurrentLinkedQueue<>();
  private final ConnectionPool pool =
      new ConnectionPool(
          ConnectionPoolConfiguration.builder(
                  ConnectionFactories.get(
                      "r2dbc:h2:mem:///transactions"
                          + NUMBER.incrementAndGet()
                          + "?options=DB_CLOSE_DELAY=-1"))
              .initialSize(0)
              .maxSize(CONNECTIONS)
              .build());
  private final Phaser underWay = new Phaser(1);
  private final RecordingConnections connections = new RecordingConnections(pool);

  @BeforeEach
  void listenAndMakeATable() throws IOException {
    RxJavaPlugins.setErrorHandler(undeliverable::add);
    Blocking.end(
        on(pool, session -> session.update(Sql.of("CREATE TABLE t (n INT)")).toFlowable())
            .ignoreElements());
  }

  @AfterEach
  void releasesAllConnections() throws IOException {
    underWay.arriveAndAwaitAdvance();
    assertEquals(0, pool.getMetrics().orElseThrow().acquiredSize());
    Blocking.end(Completable.fromPublisher(pool.close()));
    RxJavaPlugins.setErrorHandler(null);
    assertEquals(List.of(), List.copyOf(undeliverable));
  }

  @Test
  void commitsWhenTheStreamCompletes() throws IOException {
    around(session -> insert(session, 1)).test().awaitDone(20, SECONDS).assertComplete();
    assertEquals(COMMITTED, connections.calls());
    assertEquals(1, count());
  }

  @Test
  void rollsBackWhenTheStreamFails() throws IOException {
    around(session -> insert(session, 1).concatWith(Flowable.error(new IOException("no"))))
        .test()
        .awaitDone(20, SECONDS)
        .assertFailure(IOException.class, 1L);
    assertEquals(ROLLED_BACK, connections.calls());
    assertEquals(0, count());
  }

  @Test
  void rollsBackWhenTheWorkThrows() {
    around(
            session -> {
              throw new IOException("no");
            })
        .test()
        .awaitDone(20, SECONDS)
        .assertFailure(IOException.class);
    assertEquals(ROLLED_BACK, connections.calls());
  }

  @Test
  void rollsBackWhenDisposed() throws IOException {
    CompletableSubject back = CompletableSubject.create();
    connections.before("close", Completable.fromAction(back::onComplete));
    around(session -> insert(session, 1).concatWith(Flowable.never())).take(1).blockingSubscribe();
    back.blockingAwait();
    assertEquals(ROLLED_BACK, connections.calls());
    assertEquals(0, count());
  }

  @Test
  void beginsOncePerSubscriber() throws IOException {
    Flowable<Long> one = around(session -> insert(session, 1));
    assertEquals(List.of(), connections.calls());
    one.blockingSubscribe();
    one.blockingSubscribe();
    assertEquals(2, count());
  }

  @Test
  void releasesTheConnectionBeforeTheStreamEnds() {
    for (int i = 0; i < 10 * CONNECTIONS; i++) {
      around(session -> insert(session, 1)).blockingSubscribe();
      assertEquals(0, pool.getMetrics().orElseThrow().acquiredSize());
    }
  }

  @Test
  void finishesACommitThatIsInProgressWhenDisposed() throws IOException {
    CompletableSubject commit = CompletableSubject.create();
    CompletableSubject asked = CompletableSubject.create();
    CompletableSubject back = CompletableSubject.create();
    connections
        .before("commitTransaction", commit.doOnSubscribe(s -> asked.onComplete()))
        .before("close", Completable.fromAction(back::onComplete));
    Disposable stream = around(session -> insert(session, 1)).subscribe();
    asked.blockingAwait();
    stream.dispose();
    commit.onComplete();
    back.blockingAwait();
    assertEquals(COMMITTED, connections.calls());
    assertEquals(1, count());
  }

  @Test
  void rollsBackWhenDisposedDuringTheBegin() {
    CompletableSubject begin = CompletableSubject.create();
    CompletableSubject asked = CompletableSubject.create();
    CompletableSubject back = CompletableSubject.create();
    connections
        .before("beginTransaction", begin.doOnSubscribe(s -> asked.onComplete()))
        .before("close", Completable.fromAction(back::onComplete));
    Disposable stream = around(session -> insert(session, 1)).subscribe();
    asked.blockingAwait();
    stream.dispose();
    begin.onComplete();
    back.blockingAwait();
    assertEquals(ROLLED_BACK, connections.calls());
  }

  @Test
  void releasesTheConnectionWhenDisposedWhileWaitingForIt() {
    CompletableSubject create = CompletableSubject.create();
    CompletableSubject asked = CompletableSubject.create();
    CompletableSubject back = CompletableSubject.create();
    connections
        .before("create", create.doOnSubscribe(s -> asked.onComplete()))
        .before("close", Completable.fromAction(back::onComplete));
    Disposable stream = around(session -> insert(session, 1)).subscribe();
    asked.blockingAwait();
    stream.dispose();
    create.onComplete();
    back.blockingAwait();
    assertEquals(ROLLED_BACK, connections.calls());
  }

  @Test
  void releasesTheConnectionWhenTheBeginFails() {
    connections.before("beginTransaction", Completable.error(new IOException("no")));
    around(session -> insert(session, 1))
        .test()
        .awaitDone(20, SECONDS)
        .assertFailure(IOException.class);
    assertEquals(ROLLED_BACK, connections.calls());
  }

  @Test
  void reportsAFailedCommitAndLeavesTheConnectionClean() throws IOException {
    connections.before("commitTransaction", Completable.error(new IOException("no")));
    around(session -> insert(session, 1))
        .test()
        .awaitDone(20, SECONDS)
        .assertFailure(IOException.class, 1L);
    assertEquals(
        List.of("create", "beginTransaction", "commitTransaction", "rollbackTransaction", "close"),
        connections.calls());
    assertEquals(0, count());
  }

  @Test
  void reportsAConnectionFailure() {
    connections.before("create", Completable.error(new IOException("no")));
    around(session -> insert(session, 1))
        .test()
        .awaitDone(20, SECONDS)
        .assertFailure(IOException.class);
    assertEquals(List.of("create"), connections.calls());
  }

  @Test
  void aHundredTransactionsShareTwoConnections() throws IOException {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Flowable<Long> one =
        around(
            session -> {
              most.accumulateAndGet(open.incrementAndGet(), Math::max);
              return insert(session, 1).doOnTerminate(open::decrementAndGet);
            });
    Flowable.range(0, 100).flatMap(i -> one, 100).blockingSubscribe();
    assertTrue(most.get() <= CONNECTIONS, most::toString);
    assertEquals(100, count());
  }

  @Test
  void storesAllOrNothingWhenDisposedAtAnyTime()
      throws IOException, ExecutionException, InterruptedException {
    for (int round = 0; round < 200; round++) {
      TestSubscriber<Long> stream =
          around(session -> Flowable.range(0, 20).concatMap(i -> insert(session, i))).test();
      int spins = round * 50;
      ForkJoinPool.commonPool()
          .submit(
              () -> {
                for (int i = 0; i < spins; i++) {
                  Thread.onSpinWait();
                }
                stream.cancel();
              })
          .get();
      assertEquals(0, count() % 20);
    }
  }

  @Test
  void passesTheReactiveStreamsTck() {
    // Not from the pool, because the TCK abandons streams without cancelling them.
    ConnectionFactory unbounded = ConnectionFactories.get("r2dbc:h2:mem:///kit");
    ReactiveStreamsTck.verify(
        numbers ->
            on(
                unbounded,
                session ->
                    session
                        .rows(ONE, row -> 1)
                        .ignoreElements()
                        .<Object>toFlowable()
                        .concatWith(numbers)));
  }

  private <T> Flowable<T> around(Function<? super Session, ? extends Publisher<T>> work) {
    return on(connections, work);
  }

  private <T> Flowable<T> on(
      ConnectionFactory factory, Function<? super Session, ? extends Publisher<T>> work) {
    return Flowable.defer(
        () -> {
          underWay.register();
          return Transaction.around(factory, scheduler, work, underWay::arriveAndDeregister);
        });
  }

  private static Flowable<Long> insert(Session session, int number) {
    return session.update(Sql.of("INSERT INTO t VALUES ($1)", number)).toFlowable();
  }

  private long count() throws IOException {
    return Blocking.value(
        on(
                pool,
                session ->
                    session.rows(
                        Sql.of("SELECT COUNT(*) AS n FROM t"), row -> row.get("n", Long.class)))
            .singleOrError());
  }
}
