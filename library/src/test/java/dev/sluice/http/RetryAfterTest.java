package dev.sluice.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Policy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.internal.http.HttpDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant RECEIVED = Instant.parse("1994-11-06T08:49:30Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
      })
  void allThreeFormatsOfADateAreRead(String date) {
    assertEquals(Optional.of(Duration.ofSeconds(7)), wait("Retry-After", date));
  }

  @Test
  void secondsAreRead() {
    assertEquals(Optional.of(Duration.ZERO), wait("Retry-After", "0"));
    assertEquals(Optional.of(Duration.ofMinutes(2)), wait("Retry-After", "120"));
    assertEquals(Optional.of(Duration.ofSeconds(999_999_999)), wait("Retry-After", "9".repeat(99)));
  }

  @Test
  void theDateOfTheAnswerIsTheServersNow() {
    assertEquals(
        Optional.of(Duration.ofSeconds(1)),
        wait(
            "Retry-After",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Date",
            "Sun, 06 Nov 1994 08:49:36 GMT"));
  }

  @Test
  void aDateThatHasPassedIsNoWait() {
    assertEquals(Optional.of(Duration.ZERO), wait("Retry-After", "Sun, 06 Nov 1994 08:49:29 GMT"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "12 s", "Sun, 06 Nov", "\u0661"})
  void whatMakesNoSenseIsNoWish(String value) {
    Headers headers = new Headers.Builder().addUnsafeNonAscii("Retry-After", value).build();
    assertEquals(Optional.empty(), RetryAfter.of(headers, RECEIVED));
  }

  @Test
  void nobodyHasToWish() {
    assertEquals(Optional.empty(), wait("X", "Y"));
  }

  @Test
  void aResponseWithoutATimeWasReceivedNow() {
    String inHalfAnHour = HttpDate.format(Date.from(Instant.now().plus(Duration.ofMinutes(30))));
    Response response =
        new Response.Builder()
            .request(new Request.Builder().url("http://127.0.0.1/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(429)
            .message("Too Many Requests")
            .header("Retry-After", inHalfAnHour)
            .body(ResponseBody.create(null, ""))
            .build();
    OkHttpClient calls = new OkHttpClient.Builder().addInterceptor(chain -> response).build();
    try (HttpClient client =
        HttpClient.at(
            URI.create("http://127.0.0.1/"),
            Policy.limit(1),
            HttpOptions.standard().withCalls(calls))) {
      client
          .call(response::request, read -> "")
          .test()
          .awaitDone(10, SECONDS)
          .assertError(e -> ((StatusException) e).retryAfter().orElseThrow().toMinutes() <= 30);
    }
  }

  private static Optional<Duration> wait(String... headers) {
    return RetryAfter.of(Headers.of(headers), RECEIVED);
  }
}
