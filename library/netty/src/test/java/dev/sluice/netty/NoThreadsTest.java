package dev.sluice.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retrofit2.http.GET;

/** A process that may not start one more thread fails its calls, and goes on when it may. */
@Timeout(30)
class NoThreadsTest {
  private final AtomicBoolean isFull = new AtomicBoolean(true);

  /** Has one page. */
  interface Pages {
    @GET("page")
    Maybe<ResponseBody> page();
  }

  private NettyTransport open(int limit) {
    return NettyTransport.open(
        limit,
        task -> {
          if (isFull.get()) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          return Connector.thread(task);
        });
  }

  private static List<String> outcomes(HttpClient client) {
    Pages pages = client.api(Pages.class);
    return client
        .pipeline((Integer key) -> pages.page())
        .runAll(Flowable.range(0, 2))
        .map(
            outcome ->
                outcome instanceof Outcome.Failure<?, ?> failure
                    ? failure.cause().toString()
                    : "a response")
        .test()
        .awaitDone(10, SECONDS)
        .assertNoErrors()
        .values();
  }

  @Test
  void aCallWithoutAThreadFailsAndTheNextOneDoesNot() throws Exception {
    try (AnsweringServer server =
            new AnsweringServer((head, out) -> AnsweringServer.write(out, AnsweringServer.ok("")));
        HttpClient client =
            HttpClient.at(
                server.base(), Policy.limit(2), HttpOptions.standard().withTransport(this::open))) {
      String failure =
          "dev.sluice.http.CallException: GET "
              + server.base()
              + "page: no thread: unable to create native thread";
      assertEquals(List.of(failure, failure), outcomes(client));
      isFull.set(false);
      assertEquals(List.of("a response", "a response"), outcomes(client));
    }
  }
}
