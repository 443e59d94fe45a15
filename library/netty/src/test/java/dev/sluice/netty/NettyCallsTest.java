package dev.sluice.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import dev.sluice.http.Authorization;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import dev.sluice.http.ProxyEnvironment;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Request;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.Headers;
import retrofit2.http.POST;
import retrofit2.http.Path;

/** The rules of a client over Netty: they are those over OkHttp. */
@Timeout(60)
class NettyCallsTest {
  private static final HttpOptions NETTY =
      HttpOptions.standard().withTransport(NettyTransport::open);

  interface Api {
    @GET("{path}")
    Maybe<ResponseBody> get(@Path("path") String path);

    @POST("posted")
    Maybe<ResponseBody> post(@Body okhttp3.RequestBody body);

    @Headers({"Transfer-Encoding: chunked", "Content-Length: 1"})
    @POST("framed")
    Maybe<ResponseBody> postFramed(@Body okhttp3.RequestBody body);

    @Headers({"Transfer-Encoding: chunked", "Content-Length: 1"})
    @GET("framed")
    Maybe<ResponseBody> getFramed();

    @Headers("Connection: close")
    @GET("last")
    Maybe<ResponseBody> last();
  }

  private static HttpClient client(AnsweringServer server, HttpOptions options) {
    return HttpClient.at(server.base(), Policy.limit(4), options);
  }

  /** The body, or the message of the error. */
  private static String said(HttpClient client, String path) {
    return client
        .api(Api.class)
        .get(path)
        .map(ResponseBody::string)
        .onErrorReturn(e -> String.valueOf(e.getMessage()))
        .defaultIfEmpty("nothing")
        .test()
        .awaitDone(20, SECONDS)
        .values()
        .get(0);
  }

  @Test
  void keepsTheOctetsOfARedirect() throws IOException {
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) ->
                    AnsweringServer.write(
                        out,
                        head.startsWith("GET /a ")
                            ? "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /b\u00fc\r\n\r\n"
                            : AnsweringServer.ok("there")));
        HttpClient client = client(server, NETTY)) {
      assertEquals("there", said(client, "a"));
      assertTrue(server.heads().get(1).startsWith("GET /b%FC "), server.heads().get(1));
    }
  }

  @Test
  void followsARedirectWithoutTheCredentials() throws IOException {
    try (AnsweringServer other =
            new AnsweringServer(
                (head, out) -> AnsweringServer.write(out, AnsweringServer.ok("there")));
        AnsweringServer server =
            new AnsweringServer(
                (head, out) ->
                    AnsweringServer.write(
                        out,
                        "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
                            + other.base()
                            + "x\r\n\r\n"));
        HttpClient client =
            client(server, NETTY.withAuthorization(Authorization.bearer("secret")))) {
      assertEquals("there", said(client, "a"));
      assertTrue(server.heads().get(0).contains("Authorization: Bearer secret"));
      assertFalse(other.heads().get(0).contains("secret"), other.heads().get(0));
    }
  }

  @Test
  void refusesARedirectLoop() throws IOException {
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) ->
                    AnsweringServer.write(
                        out,
                        "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /"
                            + (head.startsWith("GET /a ") ? "b" : "a")
                            + "\r\n\r\n"));
        HttpClient client = client(server, NETTY)) {
      String said = said(client, "a");
      assertTrue(said.contains("a redirect loop"), said);
    }
  }

  @Test
  void refusesABodyThatIsTooLong() throws IOException {
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> {
                  AnsweringServer.write(
                      out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  while (true) {
                    AnsweringServer.write(out, "400\r\n" + "x".repeat(1024) + "\r\n");
                  }
                });
        HttpClient client = client(server, NETTY.withMaxBodyBytes(100_000))) {
      String said = said(client, "a");
      assertTrue(said.contains("a body longer than 100000 bytes"), said);
    }
  }

  @Test
  void doesNotWaitForTheEndOfAnErrorPage() throws IOException {
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> AnsweringServer.write(out, "HTTP/1.1 500 No\r\n\r\nendless"));
        HttpClient client = client(server, NETTY)) {
      String said = said(client, "a");
      assertTrue(said.contains("500 No"), said);
    }
  }

  @Test
  void usesAConnectionAgainAfterAnErrorPage() throws IOException {
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) ->
                    AnsweringServer.write(
                        out, AnsweringServer.ok("page").replace("200 OK", "500 No")));
        HttpClient client = client(server, NETTY)) {
      for (int i = 0; i < 10; i++) {
        assertTrue(said(client, "a").contains("500 No"));
      }
      assertEquals(1, server.connections());
    }
  }

  @Test
  void sendsABody() throws IOException {
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> AnsweringServer.write(out, AnsweringServer.ok("ok")));
        HttpClient client = client(server, NETTY)) {
      okhttp3.RequestBody body =
          okhttp3.RequestBody.create(okhttp3.MediaType.get("text/plain"), "hello");
      assertEquals(
          "ok",
          client
              .api(Api.class)
              .post(body)
              .map(ResponseBody::string)
              .test()
              .awaitDone(20, SECONDS)
              .values()
              .get(0));
      String head = server.heads().get(0);
      assertTrue(head.contains("content-length: 5") || head.contains("Content-Length: 5"), head);
    }
  }

  /** A request with both fields is two requests for some servers (RFC 9112, section 6.2). */
  @Test
  void aBodyHasItsLengthAndNoOtherFraming() throws IOException {
    AtomicReference<String> body = new AtomicReference<>("");
    try (AnsweringServer server =
            new AnsweringServer(
                (head, in, out) -> {
                  body.set(new String(in.readNBytes(5), ISO_8859_1));
                  AnsweringServer.write(out, AnsweringServer.ok("ok"));
                });
        HttpClient client = client(server, NETTY)) {
      Api api = client.api(Api.class);
      api.postFramed(okhttp3.RequestBody.create(null, "hello")).test().awaitDone(20, SECONDS);
      assertEquals("hello", body.get());
      assertEquals(List.of("content-length: 5"), framing(server.heads().get(0)));
    }
  }

  @Test
  void aRequestWithoutABodyHasNoFraming() throws IOException {
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> AnsweringServer.write(out, AnsweringServer.ok("ok")));
        HttpClient client = client(server, NETTY)) {
      Api api = client.api(Api.class);
      for (int i = 0; i < 2; i++) {
        assertEquals(1, api.getFramed().test().awaitDone(20, SECONDS).values().size());
        assertEquals(List.of(), framing(server.heads().get(i)));
      }
    }
  }

  private static List<String> framing(String head) {
    return head.toLowerCase(Locale.ROOT)
        .lines()
        .filter(line -> line.startsWith("content-length") || line.startsWith("transfer-encoding"))
        .toList();
  }

  /** RFC 9112, section 9.6: also if the server does not close the connection. */
  @Test
  void aRequestThatClosesItsConnectionIsTheLastOnIt() throws IOException {
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> AnsweringServer.write(out, AnsweringServer.ok("ok")));
        HttpClient client = client(server, NETTY)) {
      Api api = client.api(Api.class);
      for (int i = 1; i <= 3; i++) {
        assertEquals(1, api.last().test().awaitDone(20, SECONDS).values().size());
        assertEquals(i, server.connections());
      }
    }
  }

  @Test
  void noResponseWaitsForTheCallbackOfAnother() throws IOException {
    CountDownLatch second = new CountDownLatch(1);
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> AnsweringServer.write(out, AnsweringServer.ok("ok")));
        HttpClient client = client(server, NETTY)) {
      Api api = client.api(Api.class);
      var blocked =
          api.get("a")
              .map(
                  body -> {
                    boolean unused = second.await(30, SECONDS);
                    return body.string();
                  })
              .test();
      api.get("b").doOnSuccess(body -> second.countDown()).test().awaitDone(20, SECONDS);
      assertEquals(0, second.getCount());
      blocked.awaitDone(20, SECONDS).assertValue("ok");
    }
  }

  @Test
  void userCodeRunsOnANetworkThread() throws IOException {
    AtomicReference<String> name = new AtomicReference<>("");
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> AnsweringServer.write(out, AnsweringServer.ok("ok")));
        HttpClient client = client(server, NETTY)) {
      client
          .api(Api.class)
          .get("a")
          .doOnSuccess(body -> name.set(Thread.currentThread().getName()))
          .test()
          .awaitDone(20, SECONDS);
      assertTrue(String.valueOf(name.get()).startsWith("sluice-network"), name.get());
    }
  }

  @Test
  void aSlowReaderSlowsTheServer() throws IOException {
    long length = 256L << 20;
    AtomicLong sent = new AtomicLong();
    byte[] block = new byte[1 << 16];
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> {
                  AnsweringServer.write(
                      out, "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
                  sendAll(out, block, length, sent);
                });
        HttpClient client = client(server, NETTY)) {
      Request request = new Request.Builder().url(server.base() + "long").build();
      Single<Long> read =
          client.call(
              () -> request,
              response -> {
                var source = response.body().source();
                boolean unused = source.request(1);
                awaitStandstill(sent);
                long ahead = sent.get();
                source.skip(length);
                return source.exhausted() ? ahead : -1L;
              });
      long ahead = read.test().awaitDone(50, SECONDS).assertNoErrors().values().get(0);
      assertTrue(
          ahead > 0 && ahead < length / 4, ahead + " bytes were sent to a reader that waits");
    }
  }

  private static void sendAll(OutputStream out, byte[] block, long length, AtomicLong sent)
      throws IOException {
    while (sent.get() < length) {
      out.write(block);
      sent.addAndGet(block.length);
    }
  }

  /** Waits until the server has sent nothing for a while: the buffers of the kernel are full. */
  private static void awaitStandstill(AtomicLong sent) {
    long before = -1;
    for (int same = 0; same < 20; ) {
      long now = sent.get();
      same = now == before && now > 0 ? same + 1 : 0;
      before = now;
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
  }

  @Test
  void aClosedClientSendsNothing() throws IOException {
    try (AnsweringServer server =
        new AnsweringServer((head, out) -> AnsweringServer.write(out, AnsweringServer.ok("ok")))) {
      HttpClient client = client(server, NETTY);
      assertEquals("ok", said(client, "a"));
      client.close();
      String said = said(client, "b");
      assertTrue(said.contains("closed"), said);
      assertEquals(1, server.heads().size());
    }
  }

  @Test
  void closingTheClientFailsTheCallsUnderWay() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (AnsweringServer server = new AnsweringServer((head, out) -> asked.countDown())) {
      HttpClient client = client(server, NETTY);
      var call = client.api(Api.class).get("a").test();
      assertTrue(asked.await(20, SECONDS));
      client.close();
      call.awaitDone(20, SECONDS)
          .assertError(e -> String.valueOf(e.getMessage()).contains("closed"));
    }
  }

  @Test
  void aConnectionIsUsedAgain() throws IOException {
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> AnsweringServer.write(out, AnsweringServer.ok("ok")));
        HttpClient client = client(server, NETTY)) {
      for (int i = 0; i < 20; i++) {
        assertEquals("ok", said(client, "a"));
      }
      assertEquals(1, server.connections());
    }
  }

  @Test
  void aConnectionThatTheServerClosesGetsNoOtherRequest() throws IOException {
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> {
                  AnsweringServer.write(out, AnsweringServer.ok("ok"));
                  out.close();
                });
        HttpClient client = client(server, NETTY)) {
      for (int i = 0; i < 10; i++) {
        assertEquals("ok", said(client, "a"));
      }
      assertEquals(10, server.connections());
    }
  }

  @Test
  void refusesTheProxyOfTheJvm() throws IOException {
    String said =
        saidWith(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)));
    assertTrue(said.contains("proxy"), said);
  }

  @Test
  void aProxySelectorThatThrowsFailsTheCall() throws IOException {
    String said =
        saidWith(
            new ProxySelector() {
              @Override
              public List<Proxy> select(URI uri) {
                throw new IllegalArgumentException("no opinion on " + uri);
              }

              @Override
              public void connectFailed(URI uri, SocketAddress address, IOException cause) {}
            });
    assertTrue(said.contains("no opinion on http://127.0.0.1"), said);
  }

  /** What a call says while the JVM has this selector; no request is sent. */
  private static String saidWith(ProxySelector selector) throws IOException {
    ProxySelector before = ProxySelector.getDefault();
    try (AnsweringServer server =
            new AnsweringServer(
                (head, out) -> AnsweringServer.write(out, AnsweringServer.ok("ok")));
        HttpClient client = client(server, NETTY)) {
      ProxySelector.setDefault(selector);
      String said = said(client, "a");
      assertEquals(0, server.heads().size());
      return said;
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void refusesOptionsOfOkHttp() throws IOException {
    try (AnsweringServer server = new AnsweringServer((head, out) -> {})) {
      assertThrows(
          IllegalArgumentException.class,
          () -> client(server, NETTY.withProxy(ProxyEnvironment.system())));
      assertThrows(IllegalArgumentException.class, () -> client(server, NETTY.withOkHttp(b -> b)));
    }
  }
}
