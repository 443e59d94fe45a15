package dev.sluice.http;

import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Maybe;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.ResponseBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Url;

/** No message, stack trace or {@code toString()} has a password or the value of a header. */
class SecretsTest {
  private static final String SECRET = "s3cr3t";

  interface Pages {
    @GET("x")
    Maybe<ResponseBody> page(@Header("Authorization") String value);

    @GET
    Maybe<ResponseBody> at(@Url String url);
  }

  /** OkHttp 3.14 repeats the value in its message: CVE-2023-0833. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\u00e9", "\u0000", "\u001f", "\u007f", "\u20ac"})
  void aHeaderValueWithAnInvalidCharacterIsNotRepeated(String bad) {
    try (RawServer server = RawServer.saying(status("404 No"));
        HttpClient client = client(server, HttpOptions.standard())) {
      Throwable error = error(client.api(Pages.class).page("Bearer " + SECRET + bad));
      assertKeepsTheSecret(error);
      assertTrue(error.toString().contains("Authorization"), error::toString);
      assertEquals(0, server.accepted());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\u00e9", "\u0000"})
  void aHeaderValueOfAnInterceptorIsNotRepeated(String bad) {
    HttpOptions options =
        HttpOptions.standard()
            .withOkHttp(
                b ->
                    b.addInterceptor(
                        chain ->
                            chain.proceed(
                                chain
                                    .request()
                                    .newBuilder()
                                    .header("Authorization", "Bearer " + SECRET + bad)
                                    .build())));
    try (RawServer server = RawServer.saying(status("404 No"));
        HttpClient client = client(server, options)) {
      Throwable error = error(client.api(Pages.class).page("x"));
      assertKeepsTheSecret(error);
      assertTrue(error.toString().contains("Authorization"), error::toString);
      assertEquals(0, server.accepted());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:s3cr3t@SERVER/x",
        "http://me:a@s3cr3t@SERVER/x",
        "http://me:p/s3cr3t@SERVER/x",
        "http://me:p?s3cr3t@SERVER/x",
        "http://me:p#s3cr3t@SERVER/x",
        "http://me:%73%33s3cr3t%40@SERVER/x",
        "http:\\\\me:s3cr3t@SERVER/x",
        "http:/\\me:s3cr3t@SERVER/x",
        "//me:s3cr3t@SERVER/x",
        "\\\\me:s3cr3t@SERVER/x",
        "https://me:s3cr3t@127.0.0.1:1/x",
        "http://me:s3cr3t@127.0.0.1:1/x",
        "http://me:s3cr3t@[::1/x",
        "http://me:s3cr3t@127.0.0.1:99999/x",
        "http://me:s3cr3t@",
        "http://s3cr3t@SERVER/x",
        "ftp://me:s3cr3t@SERVER/x",
        "ftp:me:s3cr3t@SERVER/x",
        "ftp://me:p/s3cr3t@SERVER/x",
        "mailto:me:s3cr3t@SERVER",
      })
  void aPasswordInAUrlIsNotRepeated(String url) {
    AtomicReference<String> location = new AtomicReference<>("");
    try (RawServer server =
            RawServer.answering(
                exchange ->
                    exchange.send(
                        exchange.head().get(0).startsWith("GET /first")
                            ? status("302 Found", "Location: " + location)
                            : status("500 No")));
        HttpClient client = client(server, HttpOptions.standard())) {
      Pages pages = client.api(Pages.class);
      String asked = url.replace("SERVER", server.authority());
      location.set(asked);
      assertKeepsTheSecret(error(pages.at("first")));
      assertKeepsTheSecret(error(pages.at(asked)));
      assertKeepsTheSecret(new CallException("GET", asked, "no answer", null));
      assertFalse(new CallException("GET", asked, "no answer", null).url().contains(SECRET));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:s3cr3t@h/",
        "http://me:p/s3cr3t@h/",
        "http://me:%40s3cr3t@h/",
        "ftp://me:s3cr3t@h/",
        "http:me:s3cr3t@h/",
        "http://me:s3cr3t@h:99999/",
        "mailto:me:s3cr3t@h",
      })
  void aPasswordInTheBaseIsNotRepeated(String base) {
    Throwable error =
        assertThrows(
            IllegalArgumentException.class,
            () -> HttpClient.at(URI.create(base), Policy.limit(1), HttpOptions.standard()).close());
    assertKeepsTheSecret(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:s3cr3t@h:99999",
        "http://me:p/s3cr3t@h:1",
        "me:s3cr3t://@h",
        "s3cr3t://h",
        "http://me:s3cr3t@",
        "me:s3cr3t@[::1",
      })
  void aPasswordOfAProxyIsNotRepeated(String proxy) {
    Throwable error =
        assertThrows(
            IllegalArgumentException.class, () -> ProxyEnvironment.of(Map.of("http_proxy", proxy)));
    assertTrue(error.toString().contains("http_proxy"), error::toString);
    if (!proxy.startsWith(SECRET)) {
      assertKeepsTheSecret(error);
    }
  }

  private static Throwable error(Maybe<?> call) {
    List<Throwable> errors = new ArrayList<>();
    call.doOnError(errors::add).test().awaitDone(10, SECONDS).assertNoValues();
    return errors.get(0);
  }

  private static void assertKeepsTheSecret(Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    assertFalse(trace.toString().contains(SECRET), trace::toString);
  }

  private static HttpClient client(RawServer server, HttpOptions options) {
    return HttpClient.at(server.base(), Policy.limit(1), options);
  }
}
