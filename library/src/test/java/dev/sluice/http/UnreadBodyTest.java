package dev.sluice.http;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.gzip;
import static dev.sluice.Answers.head;
import static dev.sluice.Answers.join;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;
import retrofit2.http.Path;

/**
 * A body that was not read is never taken for the response to the next request (RFC 9112, section
 * 9.2), although OkHttp has it in its buffer.
 */
@Timeout(30)
class UnreadBodyTest {
  private static final byte[] EVIL = answer("200 OK", bytes("evil"));
  private static final String LENGTH = "Content-Length: " + EVIL.length;

  interface Pages {
    @GET("{key}")
    Single<ResponseBody> page(@Path("key") String key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "205 Reset Content",
        "200 OK\r\nContent-Encoding : gzip",
        "200 OK\r\nContent-Length : 7",
        "200 OK\r\nTransfer-Encoding : chunked",
        "302 Found\r\nLocation: /next\r\nContent-Encoding : gzip",
        "404 Not Found\r\nContent-Encoding\t: gzip",
      })
  void aResponseThatIsRefusedByItsHeadClosesItsConnection(String head) {
    try (RawServer server = server(join(head(head, LENGTH), EVIL));
        HttpClient client = client(server, builder -> builder)) {
      assertEquals("failed", page(client, "case"));
      server.awaitOpen(0);
      assertEquals("next", page(client, "next"));
      assertEquals("failed", read(client, "case"));
      server.awaitOpen(0);
      assertEquals("next", read(client, "next"));
    }
  }

  private static Stream<Named<UnaryOperator<OkHttpClient.Builder>>> faults() {
    Interceptor failing =
        chain -> {
          Response response = chain.proceed(chain.request());
          if (isCase(response)) {
            throw new IOException("the interceptor's own");
          }
          return response;
        };
    Interceptor broken =
        chain -> {
          Response response = chain.proceed(chain.request());
          if (isCase(response)) {
            throw new AssertionError("a bug of the interceptor");
          }
          return response;
        };
    return Stream.of(
        Named.of("a failing interceptor", builder -> builder.addNetworkInterceptor(failing)),
        Named.of("a broken interceptor", builder -> builder.addNetworkInterceptor(broken)),
        Named.of("a broken cookie jar", builder -> builder.cookieJar(new BrokenJar())),
        Named.of("a broken listener", builder -> builder.eventListener(new BrokenListener())));
  }

  private static boolean isCase(Response response) {
    return response.request().url().encodedPath().equals("/case");
  }

  private static final class BrokenJar implements CookieJar {
    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      return List.of();
    }

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
      throw new IllegalStateException("a bug of the cookie jar");
    }
  }

  private static final class BrokenListener extends EventListener {
    @Override
    public void responseHeadersEnd(Call call, Response response) {
      if (isCase(response)) {
        throw new IllegalStateException("a bug of the listener");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultOfTheUsersCodeBehindTheHeadLeavesNoResponse(
      UnaryOperator<OkHttpClient.Builder> fault) {
    try (RawServer server = server(join(head("200 OK", LENGTH, "Set-Cookie: a=b"), EVIL));
        HttpClient client = client(server, fault)) {
      assertEquals("failed", page(client, "case"));
      assertEquals("next", page(client, "next"));
      assertEquals("failed", read(client, "case"));
      assertEquals("next", read(client, "next"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"case", "broken"})
  void anApplicationInterceptorThatThrowsLeavesNoConnection(String key) {
    Interceptor throwing =
        chain -> {
          Response response = chain.proceed(chain.request());
          if (isCase(response)) {
            throw new IOException("the interceptor's own");
          }
          throw new AssertionError("a bug of the interceptor");
        };
    try (RawServer server = server(join(head("200 OK", LENGTH), EVIL));
        HttpClient client = client(server, builder -> builder.addInterceptor(throwing))) {
      assertEquals("failed", page(client, key));
      server.awaitOpen(0);
      assertEquals("failed", read(client, key));
      server.awaitOpen(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 OK\r\nContent-Length: 0",
        "204 No Content",
        "205 Reset Content\r\nContent-Length: 0",
        "304 Not Modified",
        "304 Not Modified\r\nContent-Length: 99\r\nX: y",
        "304 Not Modified\r\nTransfer-Encoding: chunked",
        "302 Found\r\nLocation: /next\r\nContent-Length: 0",
        "404 Not Found\r\nContent-Length: 5\r\n\r\nhello",
        "302 Found\r\nLocation: /next\r\nContent-Length: 5\r\n\r\nhello",
        "302 Found\r\nLocation: /next\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0",
        "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0",
      })
  void aResponseWhoseBodyEndedKeepsItsConnection(String response) {
    assertKept(bytes("HTTP/1.1 " + response + (response.endsWith("hello") ? "" : "\r\n\r\n")));
  }

  @Test
  void aDecodedBodyKeepsItsConnection() throws IOException {
    assertKept(answer("200 OK", gzip(bytes("hello")), "Content-Encoding: gzip"));
  }

  private static void assertKept(byte[] response) {
    try (RawServer server = server(response);
        HttpClient client = client(server, builder -> builder)) {
      for (int i = 0; i < 3; i++) {
        String unused = page(client, "case");
        assertEquals("next", page(client, "next"));
        unused = read(client, "case");
        assertEquals("next", read(client, "next"));
      }
      assertEquals(1, server.accepted());
    }
  }

  private static RawServer server(byte[] response) {
    byte[] next = answer("200 OK", bytes("next"));
    return RawServer.answering(
        exchange -> exchange.send(exchange.path().equals("/next") ? next : response));
  }

  private static HttpClient client(RawServer server, UnaryOperator<OkHttpClient.Builder> change) {
    return HttpClient.at(server.base(), Policy.limit(1), HttpOptions.standard().withOkHttp(change));
  }

  private static String page(HttpClient client, String key) {
    return said(client.api(Pages.class).page(key).map(ResponseBody::string));
  }

  private static String read(HttpClient client, String key) {
    Request request = new Request.Builder().url(client.base() + key).build();
    return said(client.call(() -> request, response -> response.body().string()));
  }

  private static String said(Single<String> call) {
    return call.onErrorReturnItem("failed").test().awaitDone(10, SECONDS).values().get(0);
  }
}
