package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.ok;
import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Exchange;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;

/** An interface of a user's own, through the client. */
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
  void whatComesIsReadThroughTheInterface() {
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
  void theUserAgentIsSentAndNothingThatTellsMore() {
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
  void aRedirectOfAPostIsNotFollowedUnasked() {
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
  void nobodyListens() {
    URI gone;
    try (RawServer server = RawServer.saying(status("200 OK"))) {
      gone = server.base();
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
  void theUrlOfAFailureIsAtHand() {
    try (RawServer server = RawServer.saying(status("500 No"));
        HttpClient client = client(server)) {
      var page = client.api(Pages.class).page("x").test().awaitDone(10, SECONDS);
      page.assertError(e -> ((StatusException) e).url().equals(server.base() + "pages/x"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1/",
        "file:///flags",
        "flags",
        "/flags",
        "//127.0.0.1/flags",
        "http:flags",
        "http:/flags",
        "http:///flags",
        "http://127.0.0.1/?v=1",
        "http://127.0.0.1/?",
        "http://127.0.0.1/#top",
        "http://127.0.0.1:99999/",
        "mailto:me@127.0.0.1",
        ""
      })
  void aBaseThatIsNoneIsRefusedAtOnce(String base) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> at(base));
    assertTrue(
        String.valueOf(refusal.getMessage()).startsWith("base: " + base + ", must be"),
        refusal::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:secret@127.0.0.1/",
        "https://secret@127.0.0.1/",
        "ftp://me:secret@127.0.0.1/"
      })
  void aBaseWithAUserIsRefusedWithoutRepeatingIt(String base) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> at(base));
    assertFalse(refusal.toString().contains("secret"), refusal::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1, http://127.0.0.1/",
    "HTTPS://EXAMPLE.org/Flags, https://example.org/Flags/",
    "http://127.0.0.1:8001/data/flags/, http://127.0.0.1:8001/data/flags/",
    "http://[::1]:8001/x, http://[::1]:8001/x/",
    "http://b\u00fccher.example/, http://xn--bcher-kva.example/",
    "http://127.0.0.1/a/../b, http://127.0.0.1/b/",
  })
  void aBaseIsWrittenInOneWay(String base, String written) {
    try (HttpClient client = at(base)) {
      assertEquals(URI.create(written), client.base());
    }
  }

  @Test
  void optionsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> STANDARD.withMaxBodyBytes(0));
    assertThrows(IllegalArgumentException.class, () -> STANDARD.withMaxBodyBytes(Long.MAX_VALUE));
    for (String agent : List.of("", " ", "caf\u00e9", "a\r\nX-Injected: b", "a\0b")) {
      var refusal =
          assertThrows(IllegalArgumentException.class, () -> STANDARD.withUserAgent(agent));
      assertEquals("userAgent: must be printable ASCII, and not blank", refusal.getMessage());
    }
  }

  private static HttpClient client(RawServer server) {
    return HttpClient.at(server.base(), Policy.limit(2), STANDARD);
  }

  private static HttpClient at(String base) {
    return HttpClient.at(URI.create(base), Policy.limit(2), STANDARD);
  }
}
