package dev.sluice.http;

import static dev.sluice.Answers.status;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Completable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retrofit2.http.GET;
import retrofit2.http.Headers;

/** The headers of a call after a redirect to another origin (RFC 9110, section 15.4). */
@Timeout(30)
class RedirectHeadersTest {
  private static final List<String> NEUTRAL =
      List.of("Accept: text/plain", "Range: bytes=0-5", "If-Range: \"a\"", "User-Agent: me");

  interface Pages {
    @GET("first")
    @Headers({
      "Cookie: id=s3cr3t",
      "Authorization: Bearer s3cr3t",
      "Proxy-Authorization: Basic s3cr3t",
      "X-Api-Key: s3cr3t",
      "X-Api-Key: s3cr3t too",
      "Referer: http://127.0.0.1/s3cr3t",
      "Accept: text/plain",
      "Range: bytes=0-5",
      "If-Range: \"a\"",
      "User-Agent: me",
    })
    Completable page();
  }

  /** Redirects to a URL, and notes the headers that come there. */
  private record Redirecting(String target, List<String> lines) implements Transport {
    @Override
    public Runnable send(Request request, Prefetch prefetch, Receiver receiver) {
      boolean isFirst = request.url().encodedPath().equals("/first");
      if (!isFirst) {
        lines.addAll(List.of(request.headers().toString().split("\n", -1)));
      }
      receiver.received(
          new Response.Builder()
              .request(request)
              .protocol(Protocol.HTTP_1_1)
              .code(isFirst ? 302 : 200)
              .message("")
              .header("Location", target)
              .body(ResponseBody.create(null, ""))
              .build());
      return () -> {};
    }

    @Override
    public void close() {}
  }

  @Test
  void staySafeOverOkHttp() {
    assertSafe(redirected(HttpOptions.standard()));
  }

  @Test
  void ofAnInterceptorStaySafe() {
    HttpOptions signing =
        HttpOptions.standard()
            .withOkHttp(
                builder ->
                    builder.addInterceptor(
                        chain ->
                            chain.proceed(
                                chain
                                    .request()
                                    .newBuilder()
                                    .header("X-Signature", "s3cr3t")
                                    .build())));
    assertSafe(redirected(signing));
  }

  @Test
  void ofTheCookiesForTheOtherOriginAreSent() {
    CookieJar jar =
        new CookieJar() {
          @Override
          public List<Cookie> loadForRequest(HttpUrl url) {
            boolean isFirst = url.encodedPath().equals("/first");
            return isFirst ? List.of() : List.of(Cookie.parse(url, "its=own"));
          }

          @Override
          public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {}
        };
    List<String> lines =
        redirected(HttpOptions.standard().withOkHttp(builder -> builder.cookieJar(jar)));
    assertSafe(lines);
    assertTrue(lines.contains("Cookie: its=own"), lines::toString);
  }

  @Test
  void staySafeOverATransport() {
    assertSafe(transported("http://127.0.0.2/"));
    assertSafe(transported("http://127.0.0.1:81/"));
    assertSafe(transported("https://127.0.0.1/"));
  }

  @Test
  void areAllSentToTheSameOrigin() {
    List<String> lines = transported("/other");
    assertEquals(6, lines.stream().filter(line -> line.contains("s3cr3t")).count(), "" + lines);
    try (RawServer server =
            RawServer.answering(
                exchange ->
                    exchange.send(
                        exchange.path().equals("/first")
                            ? status("302 Found", "Location: /other")
                            : status(keepsSecrets(exchange.head()) ? "204 Kept" : "400 Lost")));
        HttpClient client = HttpClient.at(server.base(), Policy.limit(1), HttpOptions.standard())) {
      client.api(Pages.class).page().test().awaitDone(10, SECONDS).assertComplete();
    }
  }

  private static boolean keepsSecrets(List<String> lines) {
    return lines.stream().filter(line -> line.contains("s3cr3t")).count() == 6;
  }

  /** The lines of the head that came to the other origin. */
  private static List<String> redirected(HttpOptions options) {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (RawServer other =
            RawServer.answering(
                exchange -> {
                  lines.addAll(exchange.head());
                  exchange.send(status("204 No Content"));
                });
        RawServer server =
            RawServer.answering(
                exchange -> exchange.send(status("302 Found", "Location: " + other.base())));
        HttpClient client = HttpClient.at(server.base(), Policy.limit(1), options)) {
      client.api(Pages.class).page().test().awaitDone(10, SECONDS).assertComplete();
    }
    return lines;
  }

  private static List<String> transported(String target) {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (HttpClient client =
        HttpClient.at(
            URI.create("http://127.0.0.1/"),
            Policy.limit(1),
            HttpOptions.standard().withTransport(limit -> new Redirecting(target, lines)))) {
      client.api(Pages.class).page().test().awaitDone(10, SECONDS).assertComplete();
    }
    return lines;
  }

  private static void assertSafe(List<String> lines) {
    assertFalse(lines.toString().contains("s3cr3t"), lines::toString);
    assertTrue(lines.containsAll(NEUTRAL), lines::toString);
  }
}
