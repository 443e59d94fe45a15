package dev.sluice.http;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.Retry;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.BaseTestConsumer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.POST;
import retrofit2.http.Path;

/** The table in the Javadoc of {@link HttpClient}: what a response means for each type. */
class ResponseTypesTest {
  private static final Policy THRICE =
      Policy.limit(2).withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(Duration.ZERO)));

  /** One method for each type that a call may have. */
  interface Pages {
    @GET("{key}")
    Maybe<Page> maybe(@Path("key") String key);

    @GET("{key}")
    Maybe<Response<Page>> maybeResponse(@Path("key") String key);

    @GET("{key}")
    Single<Page> single(@Path("key") String key);

    @GET("{key}")
    Single<Map<String, List<Integer>>> map(@Path("key") String key);

    @GET("{key}")
    Flowable<Page> flowable(@Path("key") String key);

    @GET("{key}")
    Observable<Page> observable(@Path("key") String key);

    @GET("{key}")
    Completable completable(@Path("key") String key);

    @POST("{key}")
    Single<Page> post(@Path("key") String key, @Body Page page);

    @GET("{key}")
    Call<Page> call(@Path("key") String key);

    @GET("{key}")
    Maybe<Page> withToken(@Path("key") String key, @Header("X-Token") String token);
  }

  /** Something in JSON. */
  record Page(String title) {}

  @Test
  void aBodyIsDecodedForEveryType() {
    Page page = new Page("one");
    answered(
        json("{\"title\": \"one\"}"),
        (pages, server) -> {
          ended(pages.maybe("x").test()).assertResult(page);
          ended(pages.maybeResponse("x").map(Response::body).test()).assertResult(page);
          ended(pages.single("x").test()).assertResult(page);
          ended(pages.post("x", page).test()).assertResult(page);
          ended(pages.flowable("x").test()).assertResult(page);
          ended(pages.observable("x").test()).assertResult(page);
          ended(pages.completable("x").test()).assertResult();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"404 Not Found", "410 Gone"})
  void notFoundIsEmptyForMaybeAndAFailureForTheOthers(String status) {
    answered(
        status(status),
        (pages, server) -> {
          ended(pages.maybe("x").test()).assertResult();
          ended(pages.maybeResponse("x").test()).assertResult();
          ended(pages.single("x").test()).assertFailure(StatusException.class);
          ended(pages.flowable("x").test()).assertFailure(StatusException.class);
          ended(pages.observable("x").test()).assertFailure(StatusException.class);
          ended(pages.completable("x").test()).assertFailure(StatusException.class);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content", "205 Reset Content"})
  void aSuccessWithoutABodyIsEnoughForCompletableAlone(String status) {
    answered(
        status(status),
        (pages, server) -> {
          ended(pages.completable("x").test()).assertResult();
          ended(pages.maybe("x").test()).assertFailure(StatusException.class);
          ended(pages.single("x").test()).assertFailure(StatusException.class);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"400 Bad Request", "503 Busy"})
  void anyOtherStatusIsAFailureForEveryType(String status) {
    answered(
        status(status),
        (pages, server) -> {
          ended(pages.maybe("x").test()).assertFailure(StatusException.class);
          ended(pages.maybeResponse("x").test()).assertFailure(StatusException.class);
          ended(pages.single("x").test()).assertFailure(StatusException.class);
          ended(pages.completable("x").test()).assertFailure(StatusException.class);
        });
  }

  @Test
  void jsonNullIsEmptyForMaybeAndAFailureForSingle() {
    answered(
        json("null"),
        (pages, server) -> {
          ended(pages.maybe("x").test()).assertResult();
          ended(pages.maybeResponse("x").map(r -> r.body() == null).test()).assertResult(true);
          String message = "GET " + server + "x: expected Page, but the body is null";
          ended(pages.single("x").test()).assertError(e -> says(message, e));
          ended(pages.flowable("x").test()).assertError(e -> says(message, e));
          ended(pages.observable("x").test()).assertError(e -> says(message, e));
          ended(pages.completable("x").test()).assertResult();
        });
  }

  @Test
  void anEmptyBodyIsNoJson() {
    answered(
        json(""),
        (pages, server) -> {
          String message = "GET " + server + "x: expected Page, but the body is empty: ";
          ended(pages.maybe("x").test()).assertError(e -> says(message, e));
          ended(pages.single("x").test()).assertError(e -> says(message, e));
        });
  }

  @Test
  void theMessageHasTheTypeAndTheBeginningOfTheBody() {
    answered(
        json("<html>\u001b[2J\nlogin</html>"),
        (pages, server) -> {
          String begins =
              ", but the body begins with \"<html><U+001B>[2J<U+000A>login</html>\": Unexpected";
          ended(pages.maybe("x").test())
              .assertError(e -> says("GET " + server + "x: expected Page" + begins, e));
          ended(pages.map("x").test())
              .assertError(
                  e ->
                      says("GET " + server + "x: expected Map<String, List<Integer>>" + begins, e));
          ended(pages.post("x", new Page("two")).test())
              .assertError(e -> says("POST " + server + "x: expected Page" + begins, e));
        });
  }

  @Test
  void aLongBodyThatDoesNotDecodeIsShortenedToOneLine() {
    answered(
        json("<" + "é".repeat(1_000_000)),
        (pages, server) ->
            ended(pages.maybe("x").test())
                .assertError(e -> says("GET ", e) && e.toString().length() < 400));
  }

  @Test
  void aBodyThatDoesNotDecodeIsNotRetried() {
    try (RawServer server = RawServer.saying(json("[]"));
        HttpClient client = HttpClient.at(server.base(), THRICE, HttpOptions.standard())) {
      Pages pages = client.api(Pages.class);
      Outcome<String, Page> outcome =
          client.pipeline(pages::maybe).run("x").test().awaitDone(10, SECONDS).values().get(0);
      Failure<?, ?> failure = assertInstanceOf(Failure.class, outcome);
      assertEquals(1, failure.attempts());
      ContentException cause = assertInstanceOf(ContentException.class, failure.cause());
      assertEquals(server.base() + "x", cause.url());
      assertEquals(1, server.paths().size());
    }
  }

  @Test
  void afterARedirectTheUrlIsThatOfTheBody() {
    try (RawServer server =
            RawServer.answering(
                exchange ->
                    exchange.send(
                        exchange.path().equals("/x")
                            ? status("302 Found", "Location: /login")
                            : json("<html>")));
        HttpClient client = HttpClient.at(server.base(), THRICE, HttpOptions.standard())) {
      ended(client.api(Pages.class).maybe("x").test())
          .assertError(e -> says("GET " + server.base() + "login: expected Page", e));
    }
  }

  @Test
  void inAPipelineNotFoundIsAnOutcome() {
    try (RawServer server = RawServer.saying(status("404 Not Found"));
        HttpClient client = HttpClient.at(server.base(), THRICE, HttpOptions.standard())) {
      Pages pages = client.api(Pages.class);
      client
          .pipeline(pages::maybe)
          .run("x")
          .test()
          .awaitDone(10, SECONDS)
          .assertResult(Outcome.notFound("x"));
      assertEquals(1, server.paths().size());
    }
  }

  @Test
  void callsPastTheLimiterAreRefused() {
    try (HttpClient client =
        HttpClient.at(URI.create("http://127.0.0.1/"), THRICE, HttpOptions.standard())) {
      var refusal =
          assertThrows(IllegalArgumentException.class, () -> client.api(Pages.class).call("x"));
      Throwable cause = refusal.getCause();
      assertTrue(
          String.valueOf(cause).contains("Call is not supported"), () -> String.valueOf(cause));
    }
  }

  @Test
  void aHeaderValueThatCannotBeSentIsNotRepeated() {
    answered(
        json("{}"),
        (pages, server) -> {
          var error = ended(pages.withToken("x", "geh\u00e9im\r\n").test());
          error.assertFailure(IllegalArgumentException.class);
          error.assertError(
              e ->
                  String.valueOf(e.getMessage()).contains("in X-Token: must be printable ASCII")
                      && e.getCause() == null);
        });
  }

  private static boolean says(String start, Throwable e) {
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(start), message);
    assertFalse(message.chars().anyMatch(Character::isISOControl), message);
    return e instanceof ContentException;
  }

  private static <C extends BaseTestConsumer<?, C>> C ended(C observer) {
    return observer.awaitDone(10, SECONDS);
  }

  private static void answered(byte[] response, BiConsumer<Pages, String> check) {
    try (RawServer server = RawServer.saying(response);
        HttpClient client = HttpClient.at(server.base(), THRICE, HttpOptions.standard())) {
      check.accept(client.api(Pages.class), server.base().toString());
    }
  }

  private static byte[] json(String body) {
    return answer("200 OK", body.getBytes(UTF_8), "Content-Type: application/json");
  }
}
