package dev.sluice.samples.servers.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OutageTest {
  private static final Outage OUTAGE = new Outage(Duration.ofSeconds(30), Duration.ofSeconds(60));

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);

  @Test
  void lastsFromItsBeginningToItsEnd() {
    assertFalse(OUTAGE.isAt(seconds(30) - 1));
    assertTrue(OUTAGE.isAt(seconds(30)));
    assertTrue(OUTAGE.isAt(seconds(90) - 1));
    assertFalse(OUTAGE.isAt(seconds(90)));
    assertEquals(seconds(29), OUTAGE.nanosToChange(seconds(1)));
    assertEquals(seconds(1), OUTAGE.nanosToChange(seconds(89)));
    assertEquals(Long.MAX_VALUE, OUTAGE.nanosToChange(seconds(90)));
    assertFalse(Outage.NONE.isAt(0));
    assertEquals(Long.MAX_VALUE, Outage.NONE.nanosToChange(0));
  }

  @Test
  void refusesConnectionsAndResetsThoseThatAreOpen() throws Exception {
    ServerSocketChannel listener =
        Listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    URI uri = URI.create("http://127.0.0.1:" + listener.socket().getLocalPort());
    HttpEventLoop loop =
        new HttpEventLoop(
            listener,
            (exchange, connection, self) ->
                self.answer(
                    connection,
                    exchange.request(),
                    DelayedResponse.atOnce(Response.text(Status.OK, "here"))),
            OUTAGE,
            clock::get);
    Thread thread = new Thread(loop);
    thread.start();
    try (RawHttpClient open = RawHttpClient.of(uri)) {
      assertEquals(200, open.send(RawHttpClient.request("GET", "/")).read().status());
      clock.addAndGet(seconds(31));
      assertThrows(SocketException.class, open::isAtEnd);
      assertThrows(ConnectException.class, () -> RawHttpClient.of(uri));
      clock.addAndGet(seconds(60));
      assertEquals(200, answerOfTheNextToListen(uri));
    } finally {
      loop.stop();
      thread.join();
    }
  }

  /** The loop looks at its clock at least once a second. */
  private static int answerOfTheNextToListen(URI uri) throws IOException {
    while (true) {
      try {
        return RawHttpClient.get(uri, "/").status();
      } catch (ConnectException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
