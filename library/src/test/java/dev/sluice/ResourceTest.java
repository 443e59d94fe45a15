package dev.sluice;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.ok;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import dev.sluice.http.StatusException;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.exceptions.CompositeException;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import retrofit2.http.GET;

/** Resources are opened before the stream and closed after it, exactly once. */
class ResourceTest {
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final IOException broken = new IOException("broken");
  private final IOException unclosed = new IOException("cannot close");

  /** Logs when it is opened and closed. */
  private final Resource<String> door =
      Resource.of(() -> said("open", "door"), opened -> said("close", opened));

  private final Resource<String> jammed =
      Resource.of(
          () -> said("open", "door"),
          opened -> {
            said("close", opened);
            throw unclosed;
          });

  @Test
  void closesBeforeOnComplete() {
    door.use(opened -> Flowable.just(1, 2))
        .doOnNext(number -> said("" + number, ""))
        .doOnComplete(() -> said("complete", ""))
        .test()
        .assertResult(1, 2);
    assertLog("open", "1", "2", "close", "complete");
  }

  @Test
  void closesBeforeOnError() {
    door.use(opened -> Flowable.error(broken))
        .doOnError(e -> said("error", ""))
        .test()
        .assertError(broken);
    assertLog("open", "close", "error");
  }

  @Test
  void disposesTheStreamAndThenCloses() {
    PublishProcessor<Integer> stream = PublishProcessor.create();
    var subscriber = door.use(opened -> stream.doOnCancel(() -> said("cancel", ""))).test();
    stream.onNext(1);
    subscriber.cancel();
    subscriber.cancel();
    subscriber.assertValuesOnly(1);
    assertLog("open", "cancel", "close");
  }

  @Test
  void opensOneResourceForEachSubscription() {
    Flowable<String> stream = door.use(Flowable::just);
    assertLog();
    stream.test().assertResult("door");
    stream.test().assertResult("door");
    assertLog("open", "close", "open", "close");
  }

  @Test
  void closesWhenTheStreamCannotBeMade() {
    IllegalStateException bug = new IllegalStateException("bug");
    door.use(
            opened -> {
              throw bug;
            })
        .test()
        .assertError(bug);
    assertLog("open", "close");
  }

  @Test
  void aResourceThatCannotBeOpenedIsNotClosed() {
    Resource<String> stuck =
        Resource.of(
            () -> {
              throw broken;
            },
            opened -> said("close", opened));
    stuck.use(Flowable::just).test().assertError(broken);
    assertLog();
  }

  @Test
  void anErrorOfClosingReplacesTheCompletion() {
    jammed
        .use(Flowable::just)
        .test()
        .assertFailure(IOException.class, "door")
        .assertError(unclosed);
    jammed.useOnce(Maybe::just).test().assertNoValues().assertError(unclosed);
    assertLog("open", "close", "open", "close");
  }

  @Test
  void anErrorOfClosingIsSuppressedInTheErrorOfTheStream() {
    jammed.use(opened -> Flowable.error(broken)).test().assertError(broken);
    assertArrayEquals(new Throwable[] {unclosed}, broken.getSuppressed());
    assertLog("open", "close");
  }

  @Test
  void anErrorOfClosingGoesWithAnErrorThatTakesNone() {
    final class Plain extends Exception {
      private static final long serialVersionUID = 1L;

      Plain() {
        super("plain", null, false, false);
      }
    }
    Plain plain = new Plain();
    jammed
        .use(opened -> Flowable.error(plain))
        .test()
        .assertError(
            e ->
                e instanceof CompositeException both
                    && both.getExceptions().equals(List.of(plain, unclosed)));
    assertLog("open", "close");
  }

  @Test
  void anErrorOfClosingAfterADisposalGoesToTheErrorHandler() {
    List<Throwable> heard = new ArrayList<>();
    RxJavaPlugins.setErrorHandler(heard::add);
    jammed.use(opened -> Flowable.never()).test().cancel();
    assertEquals(1, heard.size());
    assertSame(unclosed, heard.get(0).getCause());
  }

  @Test
  void useOnceEmitsAfterClosing() {
    door.useOnce(Maybe::just).doOnSuccess(value -> said("success", "")).test().assertResult("door");
    door.useOnce(opened -> Maybe.empty()).test().assertResult();
    assertLog("open", "close", "success", "open", "close");
  }

  @Test
  void closesAtOnceWhenDisposedWhileOpening() {
    CountDownLatch disposed = new CountDownLatch(1);
    Resource<String> slow =
        Resource.of(
            () -> {
              said("opening", "");
              awaitDeaf(disposed);
              return said("open", "door");
            },
            opened -> said("close", opened));
    var subscriber = onTheNetwork(slow.use(opened -> Flowable.just(said("begin", opened)))).test();
    Await.until(() -> log.contains("opening"), "opening");
    subscriber.cancel();
    disposed.countDown();
    Await.until(() -> log.contains("close"), "closed");
    subscriber.assertEmpty();
    assertLog("opening", "open", "close");
  }

  @Test
  void ignoresAFailureOfOpeningAfterTheDisposal() {
    CountDownLatch disposed = new CountDownLatch(1);
    Resource<String> slow =
        Resource.of(
            () -> {
              said("opening", "");
              awaitDeaf(disposed);
              said("failing", "");
              throw broken;
            },
            opened -> said("close", opened));
    var subscriber =
        onTheNetwork(slow.use(Flowable::just).doFinally(() -> said("over", ""))).test();
    Await.until(() -> log.contains("opening"), "opening");
    subscriber.cancel();
    disposed.countDown();
    Await.until(() -> log.contains("failing"), "it fails");
    subscriber.assertEmpty();
    assertLog("opening", "over", "failing");
  }

  @Test
  void closesOnceWhenEndAndDisposalRace() {
    for (int round = 0; round < 2_000; round++) {
      AtomicInteger closed = new AtomicInteger();
      Resource<String> once = Resource.of(() -> "door", opened -> closed.incrementAndGet());
      MaybeSubject<String> end = MaybeSubject.create();
      var observer = once.useOnce(opened -> end).test();
      Thread ending = new Thread(() -> end.onSuccess("end"));
      ending.start();
      observer.dispose();
      Await.until(() -> closed.get() > 0, "closed");
      Await.until(() -> !ending.isAlive(), "the other thread has ended");
      assertEquals(1, closed.get());
    }
  }

  /** Downloads a page and counts the visit, however the download ends. */
  @Test
  void closesTheClientAfterSuccessFailureAndBug() {
    AtomicInteger visits = new AtomicInteger();
    Policy policy = Policy.limit(1);
    try (RawServer server =
        RawServer.answering(
            exchange -> exchange.send(exchange.path().equals("/") ? page() : status("500 Oops")))) {
      Resource<HttpClient> site =
          Resource.of(
              () -> HttpClient.at(server.base(), policy, HttpOptions.standard()),
              client -> {
                client.close();
                visits.incrementAndGet();
              });
      site.useOnce(client -> client.api(Site.class).page().map(page -> page.string().length()))
          .test()
          .awaitDone(10, SECONDS)
          .assertResult(5);
      server.awaitOpen(0);
      site.useOnce(client -> client.api(Site.class).broken().map(ResponseBody::string))
          .test()
          .awaitDone(10, SECONDS)
          .assertFailure(StatusException.class);
      server.awaitOpen(0);
      site.useOnce(
              client ->
                  client
                      .api(Site.class)
                      .page()
                      .map(
                          page -> {
                            throw new IllegalStateException("cannot process " + page.string());
                          }))
          .test()
          .awaitDone(10, SECONDS)
          .assertFailure(IllegalStateException.class);
      assertEquals(3, visits.get());
    }
  }

  private static byte[] page() {
    return ok("text/plain", bytes("hello"));
  }

  private static <T> Flowable<T> onTheNetwork(Flowable<T> stream) {
    return stream.subscribeOn(IoSchedulers.shared().network());
  }

  /** Waits without reacting to interrupts, as most code that opens a resource does. */
  private static void awaitDeaf(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        done = latch.await(10, SECONDS);
        assertTrue(done, "it is let go on");
      } catch (InterruptedException e) {
        done = false;
      }
    }
  }

  private String said(String word, String value) {
    log.add(word);
    return value;
  }

  private void assertLog(String... words) {
    assertEquals(List.of(words), List.copyOf(log));
    log.clear();
  }

  /** A page that succeeds and a page that fails. */
  interface Site {
    @GET(".")
    Maybe<ResponseBody> page();

    @GET("broken")
    Maybe<ResponseBody> broken();
  }
}
