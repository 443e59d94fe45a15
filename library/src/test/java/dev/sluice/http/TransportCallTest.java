package dev.sluice.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.Policy;
import io.reactivex.rxjava3.core.Maybe;
import java.net.URI;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** A transport that breaks its rules. */
class TransportCallTest {
  /** Has some pages. */
  interface Pages {
    @GET("{path}")
    Maybe<ResponseBody> page(@Path("path") String path);
  }

  /** Redirects to a page for which it throws. */
  private static final class Throwing implements Transport {
    @Override
    public Runnable send(Request request, Prefetch prefetch, Receiver receiver) {
      if (request.url().encodedPath().equals("/broken")) {
        throw new IllegalStateException("broken");
      }
      receiver.received(
          new Response.Builder()
              .request(request)
              .protocol(Protocol.HTTP_1_1)
              .code(302)
              .message("Found")
              .header("Location", "/broken")
              .body(ResponseBody.create(null, ""))
              .build());
      return () -> {};
    }

    @Override
    public void close() {}
  }

  /** Counts how often it is closed. */
  private static final class Counted implements Transport {
    private int closed;

    @Override
    public Runnable send(Request request, Prefetch prefetch, Receiver receiver) {
      throw new IllegalStateException("not to be called");
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/", "http://127.0.0.1/?q", "no-url"})
  void aClientThatIsRefusedClosesItsTransport(String base) {
    Counted transport = new Counted();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            HttpClient.at(
                URI.create(base),
                Policy.limit(1),
                HttpOptions.standard().withTransport(limit -> transport)));
    assertEquals(1, transport.closed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect", "broken"})
  void anExceptionOfATransportFailsTheCall(String path) {
    try (HttpClient client =
        HttpClient.at(
            URI.create("http://127.0.0.1/"),
            Policy.limit(1),
            HttpOptions.standard().withTransport(limit -> new Throwing()))) {
      client
          .api(Pages.class)
          .page(path)
          .test()
          .awaitDone(5, SECONDS)
          .assertError(
              e -> {
                assertEquals(
                    "GET http://127.0.0.1/"
                        + path
                        + ": cannot be sent: java.lang.IllegalStateException: broken",
                    e.getMessage());
                return e instanceof CallException;
              });
    }
  }
}
