package dev.sluice.samples.servers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Timeouts of a connection, on a clock that the test advances. */
class ConnectionTimeoutsTest {
  private static final String REQUEST = RawHttpClient.request("GET", "/");

  /** Starts close to the overflow, because System.nanoTime may have any origin. */
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);

  private URI uri;
  private HttpEventLoop loop;
  private Thread thread;
  private RawHttpClient client;

  @BeforeEach
  void start() throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    loop =
        new HttpEventLoop(
            listener,
            (exchange, connection, self) ->
                self.answer(connection, exchange.request(), held(exchange.request().path())),
            Outage.NONE,
            clock::get);
    thread = new Thread(loop);
    thread.start();
    uri = URI.create("http://127.0.0.1:" + listener.socket().getLocalPort());
    client = RawHttpClient.of(uri);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    client.close();
    loop.stop();
    thread.join();
  }

  @Test
  void answersAnIncompleteRequestWith408AndCloses() throws IOException {
    assertEquals(404, client.send(REQUEST + "GET /").read().status());
    advance(11);
    RawHttpClient.Answer answer = client.read();
    assertEquals(408, answer.status());
    assertEquals("close", answer.field("Connection"));
    assertTrue(client.isAtEnd());
  }

  @Test
  void closesAnIdleConnectionSilently() throws IOException {
    assertEquals(404, client.send(REQUEST).read().status());
    advance(61);
    assertTrue(client.isAtEnd());
  }

  @Test
  void keepsAConnectionThatIsUsedInTime() throws IOException {
    assertEquals(404, client.send(REQUEST).read().status());
    advance(59);
    assertEquals(404, client.send(REQUEST).read().status());
    advance(59);
    assertEquals(404, client.send(REQUEST).read().status());
  }

  @Test
  void keepsAConnectionThatWaitsForADelayedAnswer() throws IOException {
    client.send(RawHttpClient.request("GET", "/later"));
    advance(3_599);
    assertEquals(404, client.read().status());
  }

  private void advance(long seconds) throws IOException {
    // The server has one thread: after this answer it has handled all earlier input.
    try (RawHttpClient other = RawHttpClient.of(uri)) {
      assertEquals(404, other.send(REQUEST).read().status());
    }
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private static DelayedResponse held(String path) {
    Duration delay = path.equals("/later") ? Duration.ofMinutes(59) : Duration.ZERO;
    return new DelayedResponse(Response.text(Status.NOT_FOUND, "nothing"), delay);
  }
}
