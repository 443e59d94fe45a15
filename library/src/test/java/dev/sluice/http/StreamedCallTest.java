package dev.sluice.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Answers;
import dev.sluice.Await;
import dev.sluice.Policy;
import dev.sluice.RawServer;
import dev.sluice.TestClient;
import io.reactivex.rxjava3.core.Single;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are read while they arrive. */
class StreamedCallTest {
  private static final int BLOCK = 1 << 20;

  /** More than the client would keep in memory, and more than a socket would read for one body. */
  private static final int BLOCKS = 48;

  @TempDir Path folder;

  private static HttpClient client(URI base) {
    return HttpClient.at(base, Policy.limit(2), HttpOptions.standard());
  }

  private static Single<Long> length(HttpClient client, String path) {
    return client.call(() -> get(client, path), StreamedCallTest::lengthOf);
  }

  private static Request get(HttpClient client, String path) {
    return new Request.Builder().url(client.base().resolve(path).toString()).build();
  }

  private static BufferedSource body(Response response) {
    return Objects.requireNonNull(response.body()).source();
  }

  private static long lengthOf(Response response) throws IOException {
    BufferedSource source = body(response);
    long length = 0;
    while (!source.exhausted()) {
      assertArrayEquals(block((int) (length / BLOCK)), source.readByteArray(BLOCK));
      length += BLOCK;
    }
    return length;
  }

  private static RawServer serving(String head, int blocks) {
    return RawServer.answering(exchange -> send(exchange, head, blocks));
  }

  /** The bytes of a body tell their place, so that a lost or doubled one is seen. */
  private static byte[] block(int number) {
    byte[] block = new byte[BLOCK];
    new Random(number).nextBytes(block);
    return block;
  }

  private static void send(dev.sluice.Exchange exchange, String head, int blocks)
      throws IOException {
    exchange.send("HTTP/1.1 200 OK\r\n" + head + "\r\n\r\n");
    for (int i = 0; i < blocks; i++) {
      exchange.send(block(i));
    }
  }

  @Test
  void aLongBodyIsNotBounded() {
    String head = "Content-Length: " + BLOCKS * BLOCK;
    try (RawServer server = serving(head, BLOCKS);
        HttpClient client = client(server.base())) {
      length(client, "x").test().awaitDone(10, SECONDS).assertResult((long) BLOCKS * BLOCK);
      // The whole body was read, so the connection serves the next request.
      length(client, "x").test().awaitDone(10, SECONDS).assertResult((long) BLOCKS * BLOCK);
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void aLongBodyOverTlsIsNotBounded() throws Exception {
    String trust = "javax.net.ssl.trustStore";
    TestCertificate certificate = TestCertificate.of("x", List.of("ip:127.0.0.1"));
    Path store = folder.resolve("trust.p12");
    certificate.writeTrustStore(store, "not a secret");
    System.setProperty(trust, store.toString());
    System.setProperty(trust + "Password", "not a secret");
    String head = "Content-Length: " + BLOCKS * BLOCK;
    ServerSocket listener =
        certificate
            .server()
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    try (RawServer server =
            RawServer.answering(listener, "https", exchange -> send(exchange, head, BLOCKS));
        HttpClient client = client(server.base())) {
      length(client, "x").test().awaitDone(10, SECONDS).assertResult((long) BLOCKS * BLOCK);
    } finally {
      System.clearProperty(trust);
      System.clearProperty(trust + "Password");
    }
  }

  @Test
  void bytesBehindALongBodyAreNotTheNextResponse() {
    String stray = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + 3 * BLOCK + "\r\n\r\n");
                  exchange.send(block(0));
                  exchange.send(block(1));
                  exchange.send(Arrays.copyOf(block(2), BLOCK - 9));
                  // In one small write, which TCP does not divide: they arrive together.
                  byte[] end = Arrays.copyOfRange(block(2), BLOCK - 9, BLOCK);
                  boolean isClean = exchange.path().equals("/clean");
                  exchange.send(Answers.join(end, Answers.bytes(isClean ? "" : stray)));
                });
        HttpClient client = client(server.base())) {
      // From its third request on, a connection that was just in use is not waited for.
      Single.concat(length(client, "clean"), length(client, "x"), length(client, "x"))
          .test()
          .awaitDone(10, SECONDS)
          .assertResult(3L * BLOCK, 3L * BLOCK, 3L * BLOCK);
      assertEquals(2, server.accepted());
    }
  }

  @Test
  void theFramesOfABodyAreBounded() {
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;");
                  while (true) {
                    exchange.send("x".repeat(BLOCK));
                  }
                });
        HttpClient client = client(server.base())) {
      String message = failure(length(client, "x"));
      assertTrue(message.contains(" bytes in answer to one request"), message);
    }
  }

  @Test
  void aBodyThatIsNotReadToItsEndClosesItsConnection() {
    try (RawServer server = serving("Content-Length: " + BLOCKS * BLOCK, BLOCKS);
        HttpClient client = client(server.base())) {
      Single<String> start =
          client.call(() -> get(client, "x"), response -> body(response).readByteString(1).hex());
      start.test().awaitDone(10, SECONDS).assertResult("60");
      start.test().awaitDone(10, SECONDS).assertResult("60");
      assertEquals(2, server.accepted());
    }
  }

  @Test
  void anErrorOfTheReaderIsThrownAsItIs() {
    try (RawServer server = serving("Content-Length: 5", 1);
        HttpClient client = client(server.base())) {
      IOException own = new IOException("the reader's own");
      client
          .<String>call(
              () -> get(client, "x"),
              response -> {
                throw own;
              })
          .test()
          .awaitDone(10, SECONDS)
          .assertError(own);
    }
  }

  @Test
  void aBodyThatBreaksOffNamesItsUrl() {
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf");
                  exchange.hangUp();
                });
        HttpClient client = client(server.base())) {
      assertEquals(
          "GET " + server.base() + "x: unexpected end of stream", failure(length(client, "x")));
    }
  }

  @Test
  void aStatusWithoutAReasonToExpectItIsAFailure() {
    for (String status : List.of("304 Not Modified", "416 Range Not Satisfiable", "404 No")) {
      byte[] answer =
          ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")
              .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      try (RawServer server = RawServer.saying(answer);
          HttpClient client = client(server.base())) {
        assertEquals("GET " + server.base() + "x: " + status, failure(length(client, "x")));
      }
    }
  }

  private static RawServer sendingHalf(CountDownLatch sent) {
    return RawServer.answering(
        exchange -> {
          exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf");
          sent.countDown();
          exchange.untilTheClientLeaves();
        });
  }

  @Test
  void closingTheClientEndsABodyThatIsBeingRead() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    try (RawServer server = sendingHalf(sent)) {
      HttpClient client = client(server.base());
      var length = length(client, "x").test();
      assertTrue(sent.await(10, SECONDS), "no request");
      client.close();
      length.awaitDone(10, SECONDS).assertFailure(ClientClosedException.class);
    }
  }

  @Test
  void disposingEndsABodyThatIsBeingRead() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    try (RawServer server = sendingHalf(sent);
        HttpClient client = client(server.base())) {
      var length = length(client, "x").test();
      assertTrue(sent.await(10, SECONDS), "no request");
      length.dispose();
      server.awaitOpen(0);
      Await.until(() -> client.policy().limiter().inFlight() == 0, "no permit is out");
    }
  }

  /** As {@code BufferedReader.lines()} throws it, for one. */
  @Test
  void anUncheckedExceptionOfADisposedReaderIsNoUndeliverableError() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(1);
    TestClient threads = new TestClient(Policy.limit(2), policy -> policy);
    try (RawServer server = sendingHalf(new CountDownLatch(1));
        HttpClient client =
            HttpClient.at(server.base(), threads.policy(), HttpOptions.standard())) {
      var lines =
          client
              .call(
                  () -> get(client, "x"),
                  response -> {
                    reading.countDown();
                    return linesOf(body(response)).count();
                  })
              .test();
      assertTrue(reading.await(10, SECONDS), "no response");
      lines.dispose();
      threads.awaitIdle();
    }
  }

  private static Stream<String> linesOf(BufferedSource body) {
    return new BufferedReader(new InputStreamReader(body.inputStream(), US_ASCII)).lines();
  }

  @Test
  void anUncheckedExceptionOfTheReaderIsABug() {
    try (RawServer server = RawServer.saying(Answers.answer("200 OK", Answers.bytes("hello")));
        HttpClient client = client(server.base())) {
      for (RuntimeException bug :
          List.of(
              new UnsupportedOperationException("a bug of the reader"),
              new IllegalStateException("a bug of the reader"),
              new IllegalArgumentException("a bug of the reader"))) {
        client
            .<String>call(
                () -> get(client, "x"),
                response -> {
                  throw bug;
                })
            .test()
            .awaitDone(10, SECONDS)
            .assertError(bug);
      }
    }
  }

  @Test
  void aFactoryOfTheUsersStreamsAsWell() {
    OkHttpClient plain = new OkHttpClient();
    try (RawServer server = serving("Content-Length: " + BLOCKS * BLOCK, BLOCKS);
        HttpClient client =
            HttpClient.at(
                server.base(), Policy.limit(2), HttpOptions.standard().withCalls(plain))) {
      length(client, "x").test().awaitDone(10, SECONDS).assertResult((long) BLOCKS * BLOCK);
      plain.connectionPool().evictAll();
      OkHttpThreads.end(plain.connectionPool());
    }
  }

  private static String failure(Single<?> call) {
    var observer = call.test().awaitDone(10, SECONDS);
    Throwable[] error = new Throwable[1];
    observer.assertError(
        e -> {
          error[0] = e;
          return e instanceof CallException;
        });
    return String.valueOf(error[0].getMessage());
  }
}
