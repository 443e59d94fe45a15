package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.ok;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.Await;
import dev.sluice.Exchange;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;

/** A Retrofit interface through the client. */
class HttpClientTest {
  private static final HttpOptions STANDARD = HttpOptions.standard();

  interface Pages {
    @GET("pages/{name}")
    Single<ResponseBody> page(@Path("name") String name);

    @GET("numbers")
    Maybe<Map<String, Integer>> numbers();

    @POST("numbers")
    Completable count(@Body Map<String, Integer> numbers);
  }

  @Test
  void theLaneOfAUrlIsItsHostAndPort() {
    assertEquals("example.org:443", HttpClient.lane(URI.create("https://Example.org/a?b")));
    assertEquals("example.org:80", HttpClient.lane(URI.create("http://Example.org/a?b")));
    assertThrows(
        IllegalArgumentException.class, () -> HttpClient.lane(URI.create("//Example.org/a?b")));
    assertEquals("example.org:81", HttpClient.lane(URI.create("http://me@example.org:81")));
    assertEquals("127.0.0.1:8001", HttpClient.lane(URI.create("http://127.0.0.1:8001")));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> HttpClient.lane(URI.create("ftp://u:p@a/b")));
    assertEquals("url: ftp://a/b, must be an http or https URL", refused.getMessage());
  }

  @Test
  void decodesTheBodyForTheInterface() {
    try (RawServer server = RawServer.saying(ok("application/json", bytes("{\"one\": 1}")));
        HttpClient client = client(server)) {
      Pages pages = client.api(Pages.class);
      pages.numbers().test().awaitDone(10, SECONDS).assertResult(Map.of("one", 1));
      assertEquals(
          "{\"one\": 1}",
          pages
              .page("a/b ?")
              .map(ResponseBody::string)
              .test()
              .awaitDone(10, SECONDS)
              .values()
              .get(0));
      assertEquals(List.of("/numbers", "/pages/a%2Fb%20%3F"), server.paths());
    }
  }

  @Test
  void sendsTheUserAgentAndNoOtherHeaderOfItsOwn() {
    AtomicReference<List<String>> head = new AtomicReference<>(List.of());
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  head.set(exchange.head());
                  exchange.send(ok("text/plain", bytes("hello")));
                });
        HttpClient client = client(server)) {
      client.api(Pages.class).page("x").test().awaitDone(10, SECONDS).assertComplete();
      assertEquals(
          List.of(
              "GET /pages/x HTTP/1.1",
              "User-Agent: sluice (Java)",
              "Host: " + server.authority(),
              "Connection: Keep-Alive",
              "Accept-Encoding: gzip",
              ""),
          head.get());
    }
  }

  @Test
  void doesNotFollowA307OfAPost() {
    try (RawServer server = RawServer.saying(status("307 Elsewhere", "Location: /other"));
        HttpClient client = client(server)) {
      client
          .api(Pages.class)
          .count(Map.of("one", 1))
          .test()
          .awaitDone(10, SECONDS)
          .assertFailure(StatusException.class);
    }
  }

  @Test
  @SuppressWarnings("try") // Closing is the point.
  void everyCallEndsWhenTheClientIsClosed() {
    try (RawServer server = RawServer.answering(Exchange::untilTheClientLeaves);
        HttpClient client = client(server)) {
      Pages pages = client.api(Pages.class);
      var page = pages.page("x").test();
      var numbers = pages.numbers().test();
      server.awaitRequests(2);
      client.close();
      page.awaitDone(10, SECONDS).assertFailure(CallException.class);
      numbers.awaitDone(10, SECONDS).assertFailure(CallException.class);
    }
  }

  @Test
  void aRefusedConnectionIsAFailureWithTheUrl() throws IOException {
    URI gone;
    // No thread accepts here: one that is about to could still take a connection after close().
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }
    try (HttpClient client = HttpClient.at(gone, Policy.limit(1), STANDARD)) {
      var page = client.api(Pages.class).page("x").test().awaitDone(10, SECONDS);
      page.assertError(
          e ->
              String.valueOf(e.getMessage())
                  .startsWith("GET " + gone + "pages/x: Failed to connect"));
    }
  }

  @Test
  void anUnknownHostIsSaidToBeUnknown() {
    // What the JDK throws for a name that it remembers not to have found.
    HttpOptions unknown =
        HttpOptions.standard()
            .withOkHttp(
                builder ->
                    builder.dns(
                        host -> {
                          throw new UnknownHostException(host);
                        }));
    try (HttpClient client =
        HttpClient.at(URI.create("http://none.invalid/"), Policy.limit(1), unknown)) {
      client
          .api(Pages.class)
          .page("br")
          .test()
          .awaitDone(10, SECONDS)
          .assertError(
              e ->
                  "GET http://none.invalid/pages/br: none.invalid: unknown host"
                      .equals(e.getMessage()));
    }
  }

  @Test
  void aFailureHasItsUrl() {
    try (RawServer server = RawServer.saying(status("500 No"));
        HttpClient client = client(server)) {
      var page = client.api(Pages.class).page("x").test().awaitDone(10, SECONDS);
      page.assertError(e -> ((StatusException) e).url().equals(server.base() + "pages/x"));
    }
  }

  @Test
  void noThreadIsLeftOfAClosedClient() {
    try (RawServer server = RawServer.saying(ok("text/plain", bytes("hello")))) {
      for (int i = 0; i < 20; i++) {
        try (HttpClient client = client(server)) {
          client.api(Pages.class).page("x").test().awaitDone(10, SECONDS).assertComplete();
        }
      }
    }
    Await.until(() -> cleaners() == 0, "no thread of a connection pool is left");
  }

  private static long cleaners() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("OkHttp ConnectionPool"))
        .count();
  }

  private static HttpClient client(RawServer server) {
    return HttpClient.at(server.base(), Policy.limit(2), STANDARD);
  }
}
