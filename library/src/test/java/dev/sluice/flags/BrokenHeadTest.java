package dev.sluice.flags;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.head;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Answers;
import dev.sluice.Exchange;
import dev.sluice.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no HTTP response. */
class BrokenHeadTest {
  /** What OkHttp takes, and what may wait in the buffers of the sockets. */
  private static final long HEAD_AND_BUFFERS = 16 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "\r\n\r\n",
        "\0\0\0\0\0\0\0\0\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 \r\n\r\n",
        "HTTP/1.1 20\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 -20 OK\r\n\r\n",
        "HTTP/1.1 200OK\r\n\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2p1\r\n",
        "220 ftp ready\r\n",
        "\u0015\u0003\u0001\u0000\u0002\u0002P",
        "<html>no head at all</html>",
      })
  void garbageIsAFailure(String garbage) {
    download(exchange -> lastly(exchange, bytes(garbage))).said();
  }

  @Test
  void aConnectionClosedWithoutAResponseIsAFailure() {
    OneFlag flag = download(Exchange::hangUp);
    assertTrue(flag.said().contains("unexpected end of stream"), flag.said());
  }

  @Test
  void halfAHeadIsAFailure() {
    download(exchange -> lastly(exchange, bytes("HTTP/1.1 200 OK\r\nContent-Ty"))).said();
  }

  @Test
  void aResetBeforeAnyAnswerIsAFailure() {
    download(Exchange::reset).said();
  }

  @Test
  void headersThatNeverEndAreAFailure() {
    AtomicLong sent = new AtomicLong();
    download(exchange -> endless(exchange, "X-More: and more\r\n", sent)).said();
    assertTrue(sent.get() < HEAD_AND_BUFFERS, () -> "sent: " + sent);
  }

  @Test
  void oneHeaderThatNeverEndsIsAFailure() {
    AtomicLong sent = new AtomicLong();
    download(exchange -> endless(exchange, "and more ".repeat(1_000), sent)).said();
    assertTrue(sent.get() < HEAD_AND_BUFFERS, () -> "sent: " + sent);
  }

  @Test
  void unusualHeadersAreAccepted() {
    byte[] gif = Gifs.tiny();
    byte[] head =
        head(
            "200 OK",
            "Content-Length: " + gif.length,
            "no colon",
            ": no name",
            "X-Empty:",
            "X-Latin: \u00e9\u00ff",
            "X-Control: \u0001\u001b",
            "Content-Type: \u00fc/*;;charset=\"",
            "Set-Cookie: a=b; domain=.",
            "Date: never");
    assertEquals(
        gif.length, download(exchange -> exchange.send(Answers.join(head, gif))).saved().bytes());
  }

  @Test
  void randomBytesAreAlwaysAnOutcome() {
    byte[] valid =
        Answers.answer("200 OK", Gifs.tiny(), "Content-Type: image/gif", "Retry-After: 5");
    Random random = new Random(42);
    for (int round = 0; round < 300; round++) {
      byte[] mutant = valid.clone();
      for (int change = random.nextInt(8); change >= 0; change--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      OneFlag.download(folder.resolve("" + round), exchange -> lastly(exchange, mutant));
    }
  }

  private OneFlag download(RawServer.Script script) {
    return OneFlag.download(folder, script);
  }

  private static void lastly(Exchange exchange, byte[] bytes) throws IOException {
    exchange.send(bytes);
    exchange.hangUp();
  }

  private static void endless(Exchange exchange, String more, AtomicLong sent) throws IOException {
    exchange.send("HTTP/1.1 200 OK\r\nX-First: ");
    while (true) {
      exchange.send(more);
      sent.addAndGet(more.length());
    }
  }
}
