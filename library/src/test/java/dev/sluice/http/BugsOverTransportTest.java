package dev.sluice.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Policy;
import io.reactivex.rxjava3.core.Single;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.URI;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Converter;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** Whatever foreign code throws inside a call over a transport ends the call, as over OkHttp. */
@Timeout(30)
class BugsOverTransportTest {
  private static Error bug() {
    return new NoClassDefFoundError("a bug");
  }

  private static boolean isTheBug(Throwable e) {
    assertEquals(bug().toString(), e.toString());
    return true;
  }

  /** Has some pages. */
  interface Pages {
    @GET("{path}")
    Single<StringBuilder> page(@Path("path") String path);
  }

  /** Answers at once. */
  private static final class Answering implements Transport {
    @Override
    public Runnable send(Request request, Prefetch prefetch, Receiver receiver) {
      String path = request.url().encodedPath();
      if (path.equals("/send")) {
        throw bug();
      }
      receiver.received(
          new Response.Builder()
              .request(request)
              .protocol(Protocol.HTTP_1_1)
              .code(path.equals("/redirect") ? 302 : 200)
              .message("")
              .header("Location", "/send")
              .body(path.equals("/body") ? broken() : ResponseBody.create(null, "text"))
              .build());
      return () -> {};
    }

    private static ResponseBody broken() {
      return ResponseBody.create(
          null,
          4,
          Okio.buffer(
              new ForwardingSource(new Buffer()) {
                @Override
                public long read(Buffer sink, long count) {
                  throw bug();
                }
              }));
    }

    @Override
    public void close() {}
  }

  private static final class Throwing extends Converter.Factory {
    @Override
    public Converter<ResponseBody, ?> responseBodyConverter(
        Type type, Annotation[] annotations, Retrofit retrofit) {
      return body -> {
        throw bug();
      };
    }
  }

  private static HttpClient client() {
    return HttpClient.at(
        URI.create("http://127.0.0.1/"),
        Policy.limit(1).withAttemptTimeout(Policy.FOREVER),
        HttpOptions.standard()
            .withTransport(limit -> new Answering())
            .withConverter(new Throwing()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "redirect", "body", "converter"})
  void endsACallOfAnInterface(String path) {
    try (HttpClient client = client()) {
      client
          .api(Pages.class)
          .page(path)
          .test()
          .awaitDone(5, SECONDS)
          .assertError(BugsOverTransportTest::isTheBug);
      assertEquals(0, client.policy().limiter().inFlight());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"send", "redirect", "body"})
  void endsACallOfAReader(String path) {
    try (HttpClient client = client()) {
      Request request = new Request.Builder().url(client.base() + path).build();
      client
          .call(() -> request, response -> String.valueOf(response.body().string()))
          .test()
          .awaitDone(5, SECONDS)
          .assertError(BugsOverTransportTest::isTheBug);
    }
  }
}
