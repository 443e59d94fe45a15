package dev.sluice.http;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.ok;
import static dev.sluice.Answers.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.Exchange;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.observers.TestObserver;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Converter;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Path;

/** What a client sends and accepts, as its options say. */
class HttpOptionsTest {
  private static final HttpOptions STANDARD = HttpOptions.standard();
  private static final byte[] HELLO = ok("text/plain", bytes("hello"));
  private static final String TOKEN = "s3cr3t-t0ken";

  /** Every way to ask. */
  interface Pages {
    @GET("{key}")
    Maybe<ResponseBody> page(@Path("key") String key);

    @GET("{key}")
    Maybe<ResponseBody> accepting(@Path("key") String key, @Header("Accept") String type);

    @GET("{key}")
    Maybe<List<Integer>> numbers(@Path("key") String key);

    @GET("{key}")
    Maybe<String> text(@Path("key") String key);
  }

  @Test
  void headersAreSentAndTheInterfaceWins() {
    HttpOptions options =
        STANDARD
            .withHeader("Accept", "a/b")
            .withHeader("X-Key", "one")
            .withHeader("x-key", "two")
            .withUserAgent("me");
    List<String> head = heads(options, pages -> pages.page("x")).get(0);
    assertTrue(head.containsAll(List.of("Accept: a/b", "x-key: two", "User-Agent: me")), "" + head);
    assertFalse(head.contains("X-Key: one"), "" + head);
    List<String> own = heads(options, pages -> pages.accepting("x", "c/d")).get(0);
    assertTrue(own.contains("Accept: c/d"), "" + own);
    assertFalse(own.contains("Accept: a/b"), "" + own);
  }

  @Test
  void credentialsAreSentToTheServerOfTheClient() {
    List<String> bearer =
        heads(STANDARD.withAuthorization(Authorization.bearer(TOKEN)), p -> p.page("x")).get(0);
    assertTrue(bearer.contains("Authorization: Bearer " + TOKEN), "" + bearer);
    List<String> basic =
        heads(STANDARD.withAuthorization(Authorization.basic("jörg", "a:b")), p -> p.page("x"))
            .get(0);
    String encoded = Base64.getEncoder().encodeToString("jörg:a:b".getBytes(UTF_8));
    assertTrue(basic.contains("Authorization: Basic " + encoded), "" + basic);
  }

  @Test
  void credentialsAndHeadersStayWithTheServerOnARedirect() {
    List<String> elsewhere = Collections.synchronizedList(new ArrayList<>());
    try (RawServer other =
            RawServer.answering(
                exchange -> {
                  elsewhere.addAll(exchange.head());
                  exchange.send(HELLO);
                });
        RawServer server =
            RawServer.answering(
                exchange -> {
                  if (exchange.path().equals("/x")) {
                    exchange.send(status("302 Found", "Location: /y"));
                  } else {
                    String key = exchange.head().contains("X-Key: " + TOKEN) ? "with" : "without";
                    exchange.send(status("302 Found", "Location: " + other.base() + key));
                  }
                });
        HttpClient client =
            client(
                server,
                STANDARD
                    .withHeader("X-Key", TOKEN)
                    .withAuthorization(Authorization.bearer(TOKEN)))) {
      client.api(Pages.class).page("x").test().awaitDone(10, SECONDS).assertValueCount(1);
      assertEquals(List.of("/x", "/y"), server.paths());
      assertEquals(List.of("/with"), other.paths(), "the same server still gets the header");
      assertFalse(elsewhere.toString().contains(TOKEN), elsewhere::toString);
    }
  }

  @Test
  void secretsAreInNoMessage() {
    HttpOptions options =
        STANDARD.withHeader("X-Key", TOKEN).withAuthorization(Authorization.bearer(TOKEN));
    assertEquals(
        "HttpOptions[sluice (Java), bodies up to 16777216 bytes, headers X-Key,"
            + " Authorization[Bearer]]",
        options.toString());
    try (RawServer server = RawServer.saying(status("401 Who", "WWW-Authenticate: Bearer"));
        HttpClient client = client(server, options)) {
      client
          .api(Pages.class)
          .page("x")
          .test()
          .awaitDone(10, SECONDS)
          .assertError(e -> e instanceof StatusException && !e.toString().contains(TOKEN));
    }
    for (String bad : List.of(TOKEN + "\r\n", TOKEN + "é", TOKEN + "\u0000")) {
      refused("must be printable ASCII", () -> STANDARD.withHeader("X-Key", bad));
      refused("must be printable ASCII", () -> Authorization.bearer(bad));
      refused("must be printable ASCII", () -> STANDARD.withUserAgent(bad));
    }
    refused("must not have a colon", () -> Authorization.basic(TOKEN + ":", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "a:b", "é", "x\r\ny", "Authorization", "host", "Content-Length"})
  void anInvalidOrReservedHeaderNameIsRefused(String name) {
    refused("header name: ", () -> STANDARD.withHeader(name, "x"));
  }

  @Test
  void interceptorsRunInsideTheRulesOfTheClient() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    HttpOptions options =
        STANDARD
            .withOkHttp(
                builder ->
                    builder.addInterceptor(
                        chain -> {
                          order.add("first " + chain.request().header("User-Agent"));
                          return chain.proceed(chain.request());
                        }))
            .withOkHttp(
                builder ->
                    builder.addInterceptor(
                        chain -> {
                          order.add("second");
                          return chain.proceed(
                              chain.request().newBuilder().header("X-Signed", "yes").build());
                        }));
    List<String> head = heads(options, pages -> pages.page("x")).get(0);
    assertTrue(head.contains("X-Signed: yes"), head::toString);
    assertEquals(List.of("first sluice (Java)", "second"), order);
  }

  @Test
  void aFunctionOverOkHttpCannotSwitchTheRulesOff() {
    try (HttpClient probe = HttpClient.at(URI.create("http://127.0.0.1/"), policy(), STANDARD)) {
      assertEquals(5, probe.policy().limiter().limit());
    }
    changeRefused("first interceptor", HttpOptionsTest::without);
    changeRefused("call timeout", builder -> builder.callTimeout(Duration.ofSeconds(1)));
    changeRefused("read timeout", builder -> builder.readTimeout(Duration.ofSeconds(1)));
    changeRefused("dispatcher", builder -> builder.dispatcher(new Dispatcher()));
    changeRefused("connection pool", b -> b.connectionPool(new ConnectionPool()));
    changeRefused("protocols", b -> b.protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)));
    changeRefused("socket factory", b -> b.socketFactory(SocketFactory.getDefault()));
  }

  @Test
  void anotherMapperReadsTheJson() {
    ObjectMapper lenient =
        new ObjectMapper().enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);
    try (RawServer server = RawServer.saying(ok("application/json", bytes("7")));
        HttpClient strict = client(server, STANDARD);
        HttpClient client = client(server, STANDARD.withJackson(lenient))) {
      numbers(strict).assertFailure(ContentException.class);
      numbers(client).assertResult(List.of(7));
    }
  }

  @Test
  void anotherConverterIsAskedFirstAndItsRuntimeExceptionsAreFailures() {
    try (RawServer server =
            RawServer.answering(
                exchange -> exchange.send(ok("text/plain", bytes(exchange.path().substring(1)))));
        HttpClient client = client(server, STANDARD.withConverter(new Upper()))) {
      Pages pages = client.api(Pages.class);
      pages.text("abc").test().awaitDone(10, SECONDS).assertResult("ABC");
      pages
          .text("bad")
          .test()
          .awaitDone(10, SECONDS)
          .assertError(
              e ->
                  e instanceof ContentException
                      && String.valueOf(e.getMessage())
                          .endsWith("/bad: expected String, but the body begins with \"bad\": no"));
      pages.numbers("[1]").test().awaitDone(10, SECONDS).assertResult(List.of(1));
    }
  }

  @Test
  @SuppressWarnings("try") // Closed early on purpose; closing twice does nothing.
  void anotherCallFactoryIsUnderTheSameRules() {
    OkHttpClient plain = new OkHttpClient();
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  switch (exchange.path()) {
                    case "/x" -> exchange.send(HELLO);
                    case "/long" -> exchange.send(ok("text/plain", new byte[1_001]));
                    case "/gone" -> exchange.send(status("410 Gone"));
                    case "/busy" -> exchange.send(status("503 Busy"));
                    default -> exchange.untilTheClientLeaves();
                  }
                });
        HttpClient client = client(server, STANDARD.withMaxBodyBytes(1_000).withCalls(plain))) {
      Pages pages = client.api(Pages.class);
      pages.page("x").test().awaitDone(10, SECONDS).assertValueCount(1);
      pages.page("gone").test().awaitDone(10, SECONDS).assertResult();
      pages.page("busy").test().awaitDone(10, SECONDS).assertFailure(StatusException.class);
      pages.page("long").test().awaitDone(10, SECONDS).assertFailure(CallException.class);
      int before = server.paths().size();
      var disposed = pages.page("silent").test();
      // Before its request, OkHttp would leave a closed connection in its pool, see withCalls.
      server.awaitRequests(before + 1);
      disposed.dispose();
      var silent = pages.page("silent").test();
      server.awaitRequests(before + 2);
      client.close();
      silent
          .awaitDone(10, SECONDS)
          .assertError(e -> String.valueOf(e.getMessage()).endsWith(": the client is closed"));
      pages.page("x").test().awaitDone(10, SECONDS).assertFailure(ClientClosedException.class);
    } finally {
      plain.dispatcher().executorService().shutdown();
      plain.connectionPool().evictAll();
      OkHttpThreads.end(plain.connectionPool());
    }
  }

  @Test
  void anotherCallFactoryExcludesSettingsOfOkHttp() {
    Call.Factory calls = new OkHttpClient();
    URI base = URI.create("http://127.0.0.1/");
    refused(
        "options: withCalls",
        () -> HttpClient.at(base, policy(), STANDARD.withCalls(calls).withOkHttp(b -> b)));
  }

  private static void changeRefused(String what, UnaryOperator<OkHttpClient.Builder> change) {
    refused(
        "withOkHttp: the " + what + " is the client's own",
        () ->
            HttpClient.at(URI.create("http://127.0.0.1/"), policy(), STANDARD.withOkHttp(change)));
  }

  private static OkHttpClient.Builder without(OkHttpClient.Builder builder) {
    builder.interceptors().clear();
    return builder;
  }

  private static void refused(String words, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).toString();
    assertTrue(message.contains(words), message);
    assertFalse(message.contains(TOKEN), message);
  }

  private static TestObserver<List<Integer>> numbers(HttpClient client) {
    return client.api(Pages.class).numbers("x").test().awaitDone(10, SECONDS);
  }

  private static List<List<String>> heads(HttpOptions options, Function<Pages, Maybe<?>> call) {
    List<List<String>> heads = Collections.synchronizedList(new ArrayList<>());
    try (RawServer server = RawServer.answering(exchange -> hello(exchange, heads));
        HttpClient client = client(server, options)) {
      call.apply(client.api(Pages.class)).test().awaitDone(10, SECONDS).assertValueCount(1);
    }
    return heads;
  }

  private static void hello(Exchange exchange, List<List<String>> heads) throws IOException {
    heads.add(exchange.head());
    exchange.send(HELLO);
  }

  private static HttpClient client(RawServer server, HttpOptions options) {
    return HttpClient.at(server.base(), policy(), options);
  }

  private static Policy policy() {
    return Policy.limit(5);
  }

  /** Strings in upper case; refuses "bad". */
  private static final class Upper extends Converter.Factory {
    @Override
    public @Nullable Converter<ResponseBody, ?> responseBodyConverter(
        Type type, Annotation[] annotations, Retrofit retrofit) {
      return type == String.class ? Upper::convert : null;
    }

    private static String convert(ResponseBody body) throws IOException {
      String text = body.string();
      if (text.equals("bad")) {
        throw new IllegalStateException("no");
      }
      return text.toUpperCase(Locale.ROOT);
    }
  }
}
