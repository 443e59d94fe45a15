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

/** Clients that make the server wait, on a clock that the test turns. */
class ConnectionTimeoutsTest {
  private static final String REQUEST = RawHttpClient.request("GET", "/");

  /** Close to where nanoseconds overflow, since System.nanoTime may start anywhere. */
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);

  private URI uri;
  private HttpEventLoop loop;
  private Thread thread;
  private RawHttpClient client;

  @BeforeEach
  void start() throws IOException {
    ServerSocketChannel door = ServerSocketChannel.open();
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    loop = new HttpEventLoop(door, request -> held(request.path()), clock::get);
    thread = new Thread(loop);
    thread.start();
    uri = URI.create("http://127.0.0.1:" + door.socket().getLocalPort());
    client = RawHttpClient.of(uri);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    client.close();
    loop.stop();
    thread.join();
  }

  @Test
  void endsWhenARequestDoesNotComeToItsEnd() throws IOException {
    assertEquals(404, client.send(REQUEST + "GET /").read().status());
    advance(11);
    RawHttpClient.Answer answer = client.read();
    assertEquals(408, answer.status());
    assertEquals("close", answer.field("Connection"));
    assertTrue(client.isAtEnd());
  }

  @Test
  void endsWithoutAWordWhenNothingComes() throws IOException {
    assertEquals(404, client.send(REQUEST).read().status());
    advance(61);
    assertTrue(client.isAtEnd());
  }

  @Test
  void lastsForAClientThatComesBackInTime() throws IOException {
    assertEquals(404, client.send(REQUEST).read().status());
    advance(59);
    assertEquals(404, client.send(REQUEST).read().status());
    advance(59);
    assertEquals(404, client.send(REQUEST).read().status());
  }

  @Test
  void isNotAskedOfAClientWhoseAnswerIsHeldBack() throws IOException {
    client.send(RawHttpClient.request("GET", "/later"));
    advance(3_599);
    assertEquals(404, client.read().status());
  }

  private void advance(long seconds) throws IOException {
    // The one thread, once it answers somebody who has come later, is through with the client.
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
