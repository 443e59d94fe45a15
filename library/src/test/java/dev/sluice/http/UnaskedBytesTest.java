package dev.sluice.http;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.head;
import static dev.sluice.Answers.join;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HEAD;
import retrofit2.http.Header;
import retrofit2.http.POST;
import retrofit2.http.Path;

/** Only the response to a request is ever taken for it; see RFC 9112, section 9.2. */
class UnaskedBytesTest {
  private static final List<String> KEYS = List.of("br", "fr", "us", "vn", "de");
  private static final List<String> OWN = KEYS.stream().map(key -> key + " saw /" + key).toList();

  interface Pages {
    @GET("{key}")
    Maybe<ResponseBody> page(@Path("key") String key);

    @HEAD("{key}")
    Maybe<Void> head(@Path("key") String key);

    @POST("{key}")
    Maybe<ResponseBody> post(
        @Path("key") String key, @Header("Expect") String expect, @Body RequestBody body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints", "199 X"})
  void informationalResponsesArePassedOver(String informational) {
    byte[] first = head(informational, "Link: </a.css>; rel=preload");
    assertEquals(OWN, seen(exchange -> exchange.send(join(first, first, own(exchange)))));
    assertEquals(
        OWN,
        seen(
            exchange -> {
              exchange.send(first);
              exchange.send(own(exchange));
            }));
  }

  @Test
  void a101IsAFailure() {
    byte[] upgrade = head("101 Switching Protocols", "Upgrade: x", "Connection: Upgrade");
    List<String> seen = seen(exchange -> exchange.send(join(upgrade, own(exchange))));
    assertTrue(seen.stream().allMatch(s -> s.endsWith("101 Switching Protocols")), seen::toString);
  }

  @Test
  void a100AfterExpectIsStillSeen() {
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  exchange.send(head("100 Continue"));
                  exchange.send(head("102 Processing"));
                  exchange.send(own(exchange));
                  exchange.untilTheClientLeaves();
                });
        HttpClient client = client(server, 1)) {
      client
          .api(Pages.class)
          .post("br", "100-continue", RequestBody.create(null, "body"))
          .map(ResponseBody::string)
          .test()
          .awaitDone(10, SECONDS)
          .assertResult("saw /br");
    }
  }

  @Test
  void aSecondResponseIsNotTheNextOne() {
    assertEquals(OWN, seen(exchange -> exchange.send(join(own(exchange), own(exchange)))));
    assertEquals(OWN, seen(exchange -> exchange.send(join(chunked(exchange), own(exchange)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"408 Request Time-out", "404 Not Found", "400 Bad Request", "200 OK"})
  void aStatusBeforeTheHangUpIsNotTheNextResponse(String status) {
    byte[] last = status(status, "Connection: close");
    assertEquals(
        OWN,
        seen(
            exchange -> {
              exchange.send(join(own(exchange), last));
              exchange.hangUp();
            }));
  }

  @Test
  void bytesBehindAHeadWithoutBodyAreNoResponse() {
    try (RawServer server =
            RawServer.answering(
                exchange -> exchange.send(join(own(exchange), status("404 Not Found", "X: y"))));
        HttpClient client = client(server, 1)) {
      Pages pages = client.api(Pages.class);
      for (int i = 0; i < 3; i++) {
        pages.head("br").test().awaitDone(10, SECONDS).assertComplete();
        pages
            .page("fr")
            .map(ResponseBody::string)
            .test()
            .awaitDone(10, SECONDS)
            .assertResult("saw /fr");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "204 No Content\r\nX: y",
        "204 No Content\r\nContent-Length: 0",
        "204 No Content\r\nTransfer-Encoding: chunked",
        "304 Not Modified\r\nContent-Length: 99",
        "205 Reset Content\r\nContent-Length: 0",
        "404 Not Found\r\nContent-Length: 0",
        "503 Busy\r\nContent-Length: 0\r\nRetry-After: 0",
        "302 Found\r\nContent-Length: 0\r\nLocation: /fr",
        "200 OK\r\nContent-Length: 0",
      })
  void aBodyOfAResponseWithoutOneIsNoResponse(String head) {
    byte[] evil = answer("200 OK", bytes("evil"));
    byte[] first = join(head(head), evil);
    try (RawServer server =
            RawServer.answering(
                exchange -> exchange.send(exchange.path().equals("/br") ? first : own(exchange)));
        HttpClient client = client(server, 1)) {
      for (int i = 0; i < 3; i++) {
        String br = seen(client, "br");
        assertFalse(br.contains("evil"), br);
        assertEquals("fr saw /fr", seen(client, "fr"));
      }
    }
  }

  @Test
  void theConnectionIsKeptAfterEveryKindOfBody() {
    for (RawServer.Script script :
        List.<RawServer.Script>of(
            exchange -> exchange.send(own(exchange)),
            exchange -> exchange.send(chunked(exchange)),
            exchange -> exchange.send(join(head("103 Early Hints"), own(exchange))))) {
      try (RawServer server = RawServer.answering(script);
          HttpClient client = client(server, 1)) {
        assertEquals(OWN, seen(client));
        assertEquals(1, server.accepted());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "hangUp", "503 Busy", "408 Request Time-out", "garbage"})
  void onePermitIsOneRequest(String fault) {
    AtomicInteger count = new AtomicInteger();
    Policy thrice =
        Policy.limit(1).withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(Duration.ZERO)));
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  if (count.incrementAndGet() % 3 == 0) {
                    fail(exchange, fault);
                  } else {
                    exchange.send(own(exchange));
                  }
                });
        HttpClient client = HttpClient.at(server.base(), thrice, HttpOptions.standard())) {
      Pages pages = client.api(Pages.class);
      AtomicInteger permits = new AtomicInteger();
      List<String> seen =
          client
              .pipeline(
                  (Integer key) ->
                      Maybe.defer(
                          () -> {
                            permits.incrementAndGet();
                            return pages.page("" + key).map(ResponseBody::string);
                          }))
              .runInOrder(Flowable.range(0, 40))
              .map(UnaskedBytesTest::words)
              .toList()
              .test()
              .awaitDone(20, SECONDS)
              .values()
              .get(0);
      assertEquals(IntStream.range(0, 40).mapToObj(i -> i + " saw /" + i).toList(), seen);
      assertEquals(permits.get(), server.paths().size());
    }
  }

  private static void fail(Exchange exchange, String fault) throws IOException {
    switch (fault) {
      case "reset" -> exchange.reset();
      case "hangUp" -> exchange.hangUp();
      case "garbage" -> exchange.send("garbage\r\n\r\n");
      default -> exchange.send(status(fault));
    }
  }

  private static List<String> seen(RawServer.Script script) {
    try (RawServer server = RawServer.answering(script);
        HttpClient client = client(server, 1)) {
      List<String> seen = seen(client);
      assertEquals(KEYS.size(), server.paths().size());
      return seen;
    }
  }

  private static String seen(HttpClient client, String key) {
    return seen(client, List.of(key)).get(0);
  }

  private static List<String> seen(HttpClient client) {
    return seen(client, KEYS);
  }

  private static List<String> seen(HttpClient client, List<String> keys) {
    Pages pages = client.api(Pages.class);
    return client
        .pipeline((String key) -> pages.page(key).map(ResponseBody::string))
        .runInOrder(Flowable.fromIterable(keys))
        .map(UnaskedBytesTest::words)
        .toList()
        .test()
        .awaitDone(10, SECONDS)
        .values()
        .get(0);
  }

  private static String words(Outcome<?, String> outcome) {
    return outcome.fold(
        s -> s.key() + " " + s.value(),
        n -> n.key() + " not found",
        f -> f.key() + " " + f.cause().getMessage());
  }

  private static HttpClient client(RawServer server, int limit) {
    return HttpClient.at(server.base(), Policy.limit(limit), HttpOptions.standard());
  }

  private static byte[] own(Exchange exchange) {
    return answer("200 OK", body(exchange), "Content-Type: text/plain");
  }

  private static byte[] chunked(Exchange exchange) {
    byte[] body = body(exchange);
    return join(
        head("200 OK", "Transfer-Encoding: chunked"),
        bytes("2;x=y\r\n"),
        bytes(new String(body, 0, 2, java.nio.charset.StandardCharsets.ISO_8859_1)),
        bytes("\r\n" + Integer.toHexString(body.length - 2) + "\r\n"),
        java.util.Arrays.copyOfRange(body, 2, body.length),
        bytes("\r\n0\r\nX-Trailer: y\r\n\r\n"));
  }

  private static byte[] body(Exchange exchange) {
    return exchange.head().get(0).startsWith("HEAD")
        ? new byte[0]
        : bytes("saw " + exchange.path());
  }
}
