package dev.sluice.samples.servers.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.servers.http.HttpServerSettings;
import dev.sluice.samples.servers.http.RawHttpClient;
import java.io.EOFException;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisbehavingClientsTest {
  private static final String GOOD = RawHttpClient.request("GET", "/flags/br/br.gif");

  private FlagServer server;

  @BeforeEach
  void start() throws IOException {
    server = FlagServer.start(HttpServerSettings.onLoopback());
  }

  @AfterEach
  void close() throws IOException {
    assertEquals(
        200,
        RawHttpClient.get(server.uri(), "/flags/br/br.gif").status(),
        "it still serves others");
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
        "hello\r\n\r\n",
        "GET /flags/br/br.gif\r\n\r\n",
        "GET  /flags/br/br.gif HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /flags/br/br.gif HTTPS/1.1\r\nHost: a\r\n\r\n",
        "GET flags/br/br.gif HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /flags/br/\u00e9.gif HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /flags/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "G\u0000T /flags/br/br.gif HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nRange : bytes=0-1\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\n: no name\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nX: nul\u0000\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost:\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a, b\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: u@a\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a:x\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a:65536\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: :80\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: [::1\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: \"a\"\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nContent-Length: 5 5\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n",
        "GET /flags/#x HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http:///flags/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://u@a/flags/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://?a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /flags/ HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"
      })
  void malformedRequestsAreAnsweredWith400AndClosed(String garbage) throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      RawHttpClient.Answer answer = client.send(garbage).send(GOOD).read();
      assertEquals(400, answer.status());
      assertEquals("close", answer.field("Connection"));
      assertTrue(client.isAtEnd());
    }
  }

  @Test
  void aTransferCodingThatIsNotSupportedIsAnsweredWith501() throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      String coding = "Transfer-Encoding: gzip, chunked";
      String request = RawHttpClient.request("GET", "/flags/br/br.gif", coding);
      assertEquals(501, client.send(request).read().status());
      assertTrue(client.isAtEnd());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://a/flags/br/br.gif HTTP/1.1\r\nHost: b\r\n\r\n",
        "GET HTTP://[::1]:80/flags/br/br.gif?x HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.1\r\nHost: a_b.example:\r\n\r\n",
        "GET /flags/br/br.gif HTTP/1.9\r\nHost: a\r\n\r\n"
      })
  void unusualRequestsAreAnswered(String request) throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      assertEquals(200, client.send(request).read().status());
    }
  }

  @Test
  void optionsOfTheServerAreAnsweredWith204() throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      RawHttpClient.Answer answer = client.send(RawHttpClient.request("OPTIONS", "*")).read();
      assertEquals(204, answer.status());
      assertEquals("GET, HEAD", answer.field("Allow"));
      assertEquals(200, client.send(GOOD).read().status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/3.0\r\n\r\n"})
  void otherVersionsAreAnsweredWith505(String request) throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      assertEquals(505, client.send(request).read().status());
    }
  }

  @Test
  void aFirstLineThatIsTooLongIsAnsweredWith414() throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      assertEquals(414, client.send("GET /" + "a".repeat(100_000)).read().status());
    }
  }

  @Test
  void aHeadThatIsTooLongIsAnsweredWith431() throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      String fields = "X: y\r\n".repeat(10_000);
      assertEquals(431, client.send("GET / HTTP/1.1\r\n" + fields).read().status());
    }
  }

  @Test
  void aRequestWithABodyIsAnsweredAndClosed() throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      String upload = RawHttpClient.request("POST", "/flags/br/br.gif", "Content-Length: 500000");
      RawHttpClient.Answer answer = client.send(upload).send("x".repeat(500_000)).read();
      assertEquals(405, answer.status());
      assertEquals("close", answer.field("Connection"));
      client.finishSending();
      assertTrue(client.isAtEnd());
    }
  }

  @Test
  void aClientMayCloseAtAnyMoment() throws IOException {
    for (int length = 0; length <= GOOD.length(); length++) {
      try (RawHttpClient client = RawHttpClient.of(server.uri())) {
        client.send(GOOD.substring(0, length));
      }
    }
  }

  @Test
  void aClientMayShutDownItsOutputBeforeTheAnswer() throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      assertEquals(200, client.send(GOOD).finishSending().read().status());
      assertTrue(client.isAtEnd());
    }
  }

  @Test
  void aRequestMayArriveByteByByte() throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      for (int i = 0; i < GOOD.length(); i++) {
        client.send(GOOD.substring(i, i + 1));
      }
      assertEquals(200, client.read().status());
    }
  }

  @Test
  void requestsMayBePipelined() throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      client.send("\r\n" + RawHttpClient.request("GET", "/br/metadata.json").repeat(1_000));
      for (int i = 0; i < 1_000; i++) {
        assertEquals(200, client.read().status());
      }
    }
  }

  @Test
  void linesMayEndWithoutCarriageReturn() throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      assertEquals(200, client.send(GOOD.replace("\r", "")).read().status());
    }
  }

  @Test
  void http10ClosesUnlessKeepAliveIsAsked() throws IOException {
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      assertEquals(200, client.send("GET /br/br.gif HTTP/1.0\r\n\r\n").read().status());
      assertTrue(client.isAtEnd());
    }
    try (RawHttpClient client = RawHttpClient.of(server.uri())) {
      client.send("GET /br/br.gif HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertEquals("keep-alive", client.read().field("Connection"));
      assertEquals(200, client.send(GOOD).read().status());
    }
  }

  @Test
  void randomlyDamagedRequestsAreAnsweredOrClosed() throws IOException {
    Random random = new Random(42);
    for (int i = 0; i < 500; i++) {
      try (RawHttpClient client = RawHttpClient.of(server.uri())) {
        client.send(damaged(random)).finishSending();
        assertTrue(isAnsweredOrClosed(client));
      }
    }
  }

  /** A request with a few random characters. */
  private static String damaged(Random random) {
    StringBuilder request = new StringBuilder(GOOD);
    for (int i = random.nextInt(4); i >= 0; i--) {
      request.setCharAt(random.nextInt(request.length()), (char) random.nextInt(256));
    }
    return request.toString();
  }

  private static boolean isAnsweredOrClosed(RawHttpClient client) throws IOException {
    try {
      return client.read().status() >= 200;
    } catch (EOFException e) {
      return true;
    }
  }
}
