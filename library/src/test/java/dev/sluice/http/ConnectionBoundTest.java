package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.ok;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Exchange;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** At most as many calls at once as the policy has permits, also without a pipeline. */
class ConnectionBoundTest {
  private static final byte[] HELLO = ok("text/plain", bytes("hello"));

  interface Pages {
    @GET("{key}")
    Maybe<ResponseBody> page(@Path("key") int key);
  }

  @Test
  void aClientForFiveNeverHoldsSixConnections() {
    Semaphore gate = new Semaphore(0);
    AtomicInteger inFlight = new AtomicInteger();
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  inFlight.incrementAndGet();
                  gate.acquireUninterruptibly();
                  inFlight.decrementAndGet();
                  exchange.send(HELLO);
                });
        HttpClient client = client(server)) {
      Pages pages = client.api(Pages.class);
      var all = Flowable.range(0, 20).flatMapMaybe(pages::page, false, 20).test();
      Await.until(() -> inFlight.get() == 5, "5 calls are under way");
      assertEquals(5, server.paths().size());
      gate.release(20);
      all.awaitDone(10, SECONDS).assertValueCount(20).assertComplete();
      assertTrue(server.peakOpen() <= 5, () -> "open at once: " + server.peakOpen());
      assertTrue(server.accepted() <= 5, () -> "opened: " + server.accepted());
    }
  }

  @Test
  @SuppressWarnings("try") // Closed early on purpose; closing twice does nothing.
  void aCallThatIsDisposedWhileItWaitsIsNeverSent() {
    try (RawServer server = RawServer.answering(Exchange::untilTheClientLeaves);
        HttpClient client = client(server);
        var running = new Disposing()) {
      Pages pages = client.api(Pages.class);
      for (int i = 0; i < 5; i++) {
        running.all.add(pages.page(i).subscribe());
      }
      server.awaitRequests(5);
      var waiting = pages.page(5).test();
      waiting.dispose();
      var next = pages.page(6).test();
      running.close();
      server.awaitRequests(6);
      assertEquals("/6", server.paths().get(5));
      next.dispose();
    }
  }

  @Test
  void aPipelineWhoseWorkMakesTwoCallsDoesNotStandStill() {
    try (RawServer server = RawServer.saying(HELLO);
        HttpClient client = client(server)) {
      Pages pages = client.api(Pages.class);
      client
          .pipeline((Integer key) -> pages.page(key).flatMap(first -> pages.page(-key)))
          .runAll(Flowable.range(1, 100))
          .test()
          .awaitDone(20, SECONDS)
          .assertValueCount(100)
          .assertComplete();
      assertEquals(200, server.paths().size());
    }
  }

  @Test
  void thePipelineOfAClientHasThePolicyOfTheClient() {
    try (RawServer server = RawServer.answering(Exchange::untilTheClientLeaves);
        HttpClient client = client(server)) {
      Pages pages = client.api(Pages.class);
      var outcomes = client.pipeline(pages::page).runAll(Flowable.range(0, 20)).test();
      server.awaitRequests(5);
      assertEquals(5, client.policy().limiter().inFlight());
      outcomes.cancel();
      assertEquals(0, client.policy().limiter().inFlight());
    }
  }

  private static HttpClient client(RawServer server) {
    return HttpClient.at(server.base(), Policy.limit(5), HttpOptions.standard());
  }

  /** Disposes of calls at the end, also of a failed test. */
  private static final class Disposing implements AutoCloseable {
    final CompositeDisposable all = new CompositeDisposable();

    @Override
    public void close() {
      all.dispose();
    }
  }
}
