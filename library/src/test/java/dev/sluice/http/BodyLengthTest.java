package dev.sluice.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Policy;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.net.URI;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retrofit2.http.GET;
import retrofit2.http.HEAD;

/** A transport whose bodies have another length than they announce, without an exception. */
@Timeout(30)
class BodyLengthTest {
  private static final String CUT = "GET http://127.0.0.1/x: unexpected end of stream";
  private static final String TOO_LONG =
      "GET http://127.0.0.1/x: a body that is longer than its Content-Length";

  interface Pages {
    @GET("x")
    Single<ResponseBody> page();

    @HEAD("x")
    Completable head();
  }

  private record Announcing(long length, String content) implements Transport {
    @Override
    public Runnable send(Request request, Prefetch prefetch, Receiver receiver) {
      String sent = request.method().equals("HEAD") ? "" : content;
      receiver.received(
          new Response.Builder()
              .request(request)
              .protocol(Protocol.HTTP_1_1)
              .code(200)
              .message("OK")
              .header("Content-Length", "" + length)
              .body(ResponseBody.create(null, length, new Buffer().writeUtf8(sent)))
              .build());
      return () -> {};
    }

    @Override
    public void close() {}
  }

  private static HttpClient client(long length, String content) {
    return HttpClient.at(
        URI.create("http://127.0.0.1/"),
        Policy.limit(1),
        HttpOptions.standard().withTransport(limit -> new Announcing(length, content)));
  }

  private static Request request(String method) {
    return new Request.Builder().url("http://127.0.0.1/x").method(method, null).build();
  }

  private static String said(Single<String> call) {
    return call.onErrorReturn(e -> String.valueOf(e.getMessage()))
        .test()
        .awaitDone(5, SECONDS)
        .values()
        .get(0);
  }

  @ParameterizedTest
  @CsvSource(value = {"5,hello,hello", "9,half," + CUT, "9,''," + CUT, "3,hello," + TOO_LONG})
  void anotherLengthIsAFailure(long length, String content, String said) {
    try (HttpClient client = client(length, content)) {
      assertEquals(said, said(client.api(Pages.class).page().map(ResponseBody::string)));
      assertEquals(
          said,
          said(client.call(() -> request("GET"), response -> response.body().source().readUtf8())));
    }
  }

  @Test
  void theLengthOfAHeadResponseIsThatOfAnotherBody() {
    try (HttpClient client = client(9, "not sent")) {
      client.api(Pages.class).head().test().awaitDone(5, SECONDS).assertComplete();
      assertEquals(
          "",
          said(
              client.call(() -> request("HEAD"), response -> response.body().source().readUtf8())));
    }
  }
}
