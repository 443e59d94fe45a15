package dev.sluice.netty;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Backoff;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** A server that closes idle connections at the moment when a request is sent on them. */
@Timeout(60)
class LostRequestsTest {
  private static final int CONNECTIONS = 3;

  interface Pages {
    @GET("{key}")
    Maybe<ResponseBody> page(@Path("key") String key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 408 Request Time-out\r\nConnection: close\r\n\r\n"})
  void theNextAttemptGoesOnANewConnection(String end) throws IOException {
    Retry once = Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ZERO));
    Policy policy = Policy.limit(CONNECTIONS).withRetry(once);
    CountDownLatch together = new CountDownLatch(CONNECTIONS);
    AtomicReference<AnsweringServer> self = new AtomicReference<>();
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> {
                  if (head.startsWith("GET /first")) {
                    together.countDown();
                    await(together);
                  } else if (requireNonNull(self.get()).connections() == CONNECTIONS) {
                    end(out, end);
                    return;
                  }
                  AnsweringServer.write(out, AnsweringServer.ok("there"));
                });
        HttpClient client =
            HttpClient.at(
                server.base(),
                policy,
                HttpOptions.standard().withTransport(NettyTransport::open))) {
      self.set(server);
      Pages pages = client.api(Pages.class);
      long first =
          client
              .pipeline((String key) -> pages.page(key).map(ResponseBody::string))
              .runAll(Flowable.just("first1", "first2", "first3"))
              .filter(outcome -> outcome instanceof Outcome.Success)
              .count()
              .blockingGet();
      assertEquals(CONNECTIONS, first);

      client
          .pipeline((String key) -> pages.page(key).map(ResponseBody::string))
          .runAll(Flowable.just("second"))
          .map(Outcome::orElseThrow)
          .test()
          .awaitDone(20, SECONDS)
          .assertResult("there");
      assertEquals(CONNECTIONS + 2, server.heads().size());
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void end(OutputStream out, String said) throws IOException {
    AnsweringServer.write(out, said);
    out.close();
  }
}
