package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.ok;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.DeadlineException;
import dev.sluice.IoSchedulers;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** Calls and their threads: waiting for one, keeping one, and no thread at all. */
class NetworkThreadsTest {
  private static final byte[] HELLO = ok("text/plain", bytes("hello"));
  private static final URI ANYWHERE = URI.create("http://anywhere.example/");

  interface Pages {
    @GET("{key}")
    Maybe<ResponseBody> page(@Path("key") int key);
  }

  @Test
  void theTimeOfAnAttemptBeginsWhenTheCallHasAThread() {
    TestScheduler clock = new TestScheduler();
    List<Runnable> queue = new ArrayList<>();
    IoSchedulers schedulers =
        IoSchedulers.shared().withTimer(clock).withNetwork(Schedulers.from(queue::add));
    Policy policy = Policy.limit(1).withSchedulers(schedulers);
    try (RawServer server = RawServer.saying(HELLO);
        HttpClient client = HttpClient.at(server.base(), policy, HttpOptions.standard())) {
      Pages pages = client.api(Pages.class);
      var outcome = client.pipeline(pages::page).run(1).test();
      clock.advanceTimeBy(60, SECONDS);
      outcome.assertEmpty();
      queue.remove(0).run();
      outcome.assertValue(it -> it instanceof Outcome.Success<?, ?>).assertComplete();
    }
  }

  @Test
  void aLookupThatIgnoresItsCancellationKeepsThePermitOfTheClient() {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger lookups = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    TestScheduler clock = new TestScheduler();
    Policy policy = Policy.limit(2).withSchedulers(IoSchedulers.shared().withTimer(clock));
    try (HttpClient client =
        HttpClient.at(
            ANYWHERE,
            policy,
            HttpOptions.standard()
                .withOkHttp(
                    builder ->
                        builder.dns(
                            host -> {
                              lookups.incrementAndGet();
                              awaitUninterruptibly(goOn);
                              ended.incrementAndGet();
                              return notFound(host);
                            })))) {
      Pages pages = client.api(Pages.class);
      var outcomes = client.pipeline(pages::page).runAll(Flowable.range(0, 6)).test();
      Await.until(() -> lookups.get() == 2, "two lookups are under way");
      for (int i = 0; i < 3; i++) {
        clock.advanceTimeBy(10, SECONDS);
      }
      outcomes.assertValueCount(6).assertComplete();
      outcomes
          .values()
          .forEach(
              it ->
                  assertInstanceOf(
                      DeadlineException.class,
                      assertInstanceOf(Outcome.Failure.class, it).cause()));
      assertEquals(2, lookups.get());
      goOn.countDown();
      Await.until(() -> ended.get() == 2, "the lookups have returned");
    }
  }

  @Test
  void aThreadThatCannotBeStartedIsAFailureAndTheNextCallTriesAgain() {
    AtomicInteger starts = new AtomicInteger();
    Executor scarce =
        task -> {
          if (starts.incrementAndGet() == 1) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          task.run();
        };
    Policy policy =
        Policy.limit(1).withSchedulers(IoSchedulers.shared().withNetwork(Schedulers.from(scarce)));
    try (RawServer server = RawServer.saying(HELLO);
        HttpClient client = HttpClient.at(server.base(), policy, HttpOptions.standard())) {
      Pages pages = client.api(Pages.class);
      var outcomes =
          client
              .pipeline(pages::page)
              .runInOrder(Flowable.range(0, 2))
              .test()
              .awaitDone(10, SECONDS);
      outcomes.assertValueCount(2).assertComplete();
      IOException cause = assertInstanceOf(Outcome.Failure.class, outcomes.values().get(0)).cause();
      assertEquals("HTTP call: no thread: unable to create native thread", cause.getMessage());
      assertInstanceOf(Outcome.Success.class, outcomes.values().get(1));
    }
  }

  @Test
  void aCallThatFailsWhileItIsDisposedIsNoUndeliverableError() {
    List<Throwable> undeliverable = new CopyOnWriteArrayList<>();
    RxJavaPlugins.setErrorHandler(undeliverable::add);
    try {
      NetworkThreads threads = new NetworkThreads(IoSchedulers.shared());
      for (int i = 0; i < 50_000; i++) {
        AtomicBoolean fails = new AtomicBoolean();
        Maybe<Object> call =
            new Maybe<>() {
              @Override
              protected void subscribeActual(MaybeObserver<? super Object> observer) {
                observer.onSubscribe(Disposable.disposed());
                fails.set(true);
                observer.onError(new IOException("reset"));
              }
            };
        Disposable disposable = threads.run(call).subscribe(value -> {}, error -> {});
        while (!fails.get()) {
          Thread.onSpinWait();
        }
        disposable.dispose();
      }
      assertEquals(0, undeliverable.size());
    } finally {
      RxJavaPlugins.setErrorHandler(null);
    }
  }

  private static List<InetAddress> notFound(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        open = latch.await(10, SECONDS);
        assertTrue(open);
      } catch (InterruptedException e) {
        open = false;
      }
    }
  }
}
