package dev.sluice.http;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.status;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Backoff;
import dev.sluice.Exchange;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.Retry;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
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
  @ValueSource(strings = {"reset", "hangUp", "408 Request Time-out"})
  void theNextAttemptGoesOnANewConnection(String end) {
    Retry once = Retry.upTo(2).withBackoff(Backoff.fixed(Duration.ZERO));
    Policy policy = Policy.limit(CONNECTIONS).withRetry(once);
    CountDownLatch together = new CountDownLatch(CONNECTIONS);
    AtomicReference<RawServer> self = new AtomicReference<>();
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  if (exchange.path().startsWith("/first")) {
                    together.countDown();
                    await(together);
                  } else if (requireNonNull(self.get()).accepted() == CONNECTIONS) {
                    end(exchange, end);
                    return;
                  }
                  exchange.send(answer("200 OK", bytes("there")));
                });
        HttpClient client = HttpClient.at(server.base(), policy, HttpOptions.standard())) {
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
      assertEquals(CONNECTIONS + 2, server.paths().size());
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void end(Exchange exchange, String how) throws IOException {
    switch (how) {
      case "reset" -> exchange.reset();
      case "hangUp" -> exchange.hangUp();
      default -> {
        exchange.send(status(how, "Connection: close"));
        exchange.hangUp();
      }
    }
  }
}
