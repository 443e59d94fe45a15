package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.head;
import static dev.sluice.Answers.ok;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.Outcome;
import dev.sluice.Phase;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.Retry;
import dev.sluice.Timings;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** What the time of a request goes into, at a server on loopback with known delays. */
@Timeout(60)
@SuppressWarnings("AddressSelection") // Only literals: no name is looked up.
final class PhaseListenerTest {
  private static final long DELAY_MILLIS = 300;

  /** What a phase is seen to take at least: a busy machine may notice late that it began. */
  private static final long SEEN_MILLIS = 100;

  private final List<Timings> timings = new CopyOnWriteArrayList<>();

  interface Pages {
    @GET("{key}")
    Maybe<ResponseBody> page(@Path("key") String key);
  }

  /** The server's delay; the test itself waits for nothing. */
  private static void delay() {
    long end = System.nanoTime() + MILLISECONDS.toNanos(DELAY_MILLIS);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private List<Outcome<String, ResponseBody>> run(HttpClient client, String... keys) {
    Pages pages = client.api(Pages.class);
    return client
        .pipeline(pages::page)
        .journalled(timings::add, (outcome, times) -> times)
        .runInOrder(Flowable.fromArray(keys))
        .toList()
        .blockingGet();
  }

  private static HttpClient client(RawServer server, Policy policy, HttpOptions options) {
    return HttpClient.at(URI.create("http://several.test:" + port(server) + "/"), policy, options);
  }

  private static int port(RawServer server) {
    return server.base().getPort();
  }

  private static List<InetAddress> slowLookup(List<InetAddress> addresses) {
    delay();
    return addresses;
  }

  private void assertAtLeast(long millis, Phase phase) {
    long took = timings.get(0).of(phase).toMillis();
    assertTrue(took >= millis, () -> phase + " took " + took + " ms");
  }

  @Test
  @SuppressWarnings("try") // The silent address is only there.
  void eachPhaseIsTimed() throws Exception {
    List<InetAddress> addresses =
        List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1"));
    byte[] body = bytes("0123456789");
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  delay();
                  exchange.send(head("200 OK", "Content-Length: 20"));
                  exchange.send(body);
                  delay();
                  exchange.send(body);
                });
        var silent = new SeveralAddressesTest.Silent("127.0.0.2", port(server));
        HttpClient client =
            client(
                server,
                // A third of this is the time for the silent address.
                Policy.limit(1).withAttemptTimeout(Duration.ofSeconds(6)),
                HttpOptions.standard()
                    .withOkHttp(builder -> builder.dns(host -> slowLookup(addresses))))) {
      run(client, "a");
    }
    Timings times = timings.get(0);
    assertAtLeast(SEEN_MILLIS, Phase.DNS);
    assertAtLeast(1_900, Phase.CONNECT);
    assertAtLeast(SEEN_MILLIS, Phase.FIRST_BYTE);
    assertAtLeast(SEEN_MILLIS, Phase.BODY);
    assertEquals(200, times.status());
    assertEquals(20, times.receivedBytes());
    Duration sum = Duration.ZERO;
    for (Phase phase : Phase.values()) {
      sum = sum.plus(times.of(phase));
    }
    assertTrue(sum.compareTo(times.took()) <= 0, sum + " of " + times.took());
  }

  @Test
  void thePhasesOfAllAttemptsAreSummed() {
    int[] requests = {0};
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  delay();
                  requests[0]++;
                  exchange.send(
                      requests[0] < 3
                          ? status("503 Service Unavailable")
                          : ok("text/plain", bytes("hello")));
                });
        HttpClient client =
            HttpClient.at(
                server.base(),
                Policy.limit(1)
                    .withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(Duration.ofMillis(50)))),
                HttpOptions.standard())) {
      run(client, "a");
    }
    assertAtLeast(3 * SEEN_MILLIS, Phase.FIRST_BYTE);
    assertAtLeast(100, Phase.BACKOFF);
    assertEquals(3, timings.get(0).attempts());
    assertEquals(200, timings.get(0).status());
  }

  @Test
  void aTimeoutCountsThePhaseThatItEnds() {
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  exchange.send(head("200 OK", "Content-Length: 20"));
                  exchange.untilTheClientLeaves();
                });
        HttpClient client =
            HttpClient.at(
                server.base(),
                Policy.limit(1).withAttemptTimeout(Duration.ofMillis(400)),
                HttpOptions.standard())) {
      run(client, "a");
    }
    Timings times = timings.get(0);
    // The whole attempt is in these phases: what is not the body is the wait for the head.
    Duration known =
        times.of(Phase.CONNECT).plus(times.of(Phase.FIRST_BYTE)).plus(times.of(Phase.BODY));
    assertTrue(known.toMillis() >= 200, () -> known.toString());
    assertTrue(times.of(Phase.BODY).compareTo(times.of(Phase.ATTEMPT)) > 0);
  }

  @Test
  void theListenerOfTheUserHearsOfEveryCall() {
    List<String> heard = new ArrayList<>();
    EventListener listener =
        new EventListener() {
          @Override
          public void callStart(Call call) {
            heard.add("start");
          }

          @Override
          public void responseBodyEnd(Call call, long bytes) {
            heard.add(bytes + " bytes");
          }

          @Override
          public void callEnd(Call call) {
            heard.add("end");
          }
        };
    try (RawServer server = RawServer.saying(ok("text/plain", bytes("hello")));
        HttpClient client =
            HttpClient.at(
                server.base(),
                Policy.limit(1),
                HttpOptions.standard().withOkHttp(builder -> builder.eventListener(listener)))) {
      run(client, "a");
      assertEquals(List.of("start", "5 bytes", "end"), heard);
      client.pipeline(client.api(Pages.class)::page).run("b").blockingGet();
      assertEquals(6, heard.size());
    }
    assertEquals(1, timings.size());
    assertNull(Timings.current());
  }
}
