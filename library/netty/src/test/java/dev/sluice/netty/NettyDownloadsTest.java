package dev.sluice.netty;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.DeadlineException;
import dev.sluice.Outcome.Failure;
import dev.sluice.Policy;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.Downloaded.Unchanged;
import dev.sluice.fetch.Downloads;
import dev.sluice.fetch.StalledException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads over Netty: they end as those over OkHttp do. */
@Timeout(60)
class NettyDownloadsTest {
  private static final int SMALL = 10_000;
  private static final int LONG = 3_000_000;

  @TempDir Path folder;

  private NettyDownloads serving(AnsweringServer.Answers answers) {
    return new NettyDownloads(folder, NettyDownloads.POLICY, answers);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, SMALL, 65_536, 65_537, LONG})
  void aFileIsByteExactAndNotDownloadedAgain(int length) throws IOException {
    ServedFile file = ServedFile.random(1, length);
    try (NettyDownloads netty = serving(file::answer)) {
      assertInstanceOf(Fetched.class, netty.download("a.bin"));
      assertArrayEquals(file.content(), netty.file("a.bin"));
      assertEquals(304, assertInstanceOf(Unchanged.class, netty.download("a.bin")).status());
      assertEquals(2, netty.server.heads().size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, SMALL, LONG})
  void aBodyOfUnknownLengthIsByteExact(int length) throws IOException {
    ServedFile file = ServedFile.random(2, length);
    try (NettyDownloads netty = serving((head, out) -> sendChunked(out, file.content()))) {
      assertInstanceOf(Fetched.class, netty.download("a.bin"));
      assertArrayEquals(file.content(), netty.file("a.bin"));
    }
  }

  private static void sendChunked(OutputStream out, byte[] content) throws IOException {
    AnsweringServer.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int from = 0; from < content.length; from += SMALL) {
      int size = Math.min(SMALL, content.length - from);
      AnsweringServer.write(out, Integer.toHexString(size) + "\r\n");
      out.write(content, from, size);
      AnsweringServer.write(out, "\r\n");
    }
    AnsweringServer.write(out, "0\r\n\r\n");
  }

  @Test
  void aRedirectIsFollowed() throws IOException {
    ServedFile file = ServedFile.random(3, LONG);
    try (NettyDownloads netty =
        serving(
            (head, out) -> {
              if (head.startsWith("GET /a.bin ")) {
                AnsweringServer.write(
                    out, "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /b\r\n\r\n");
              } else {
                file.answer(head, out);
              }
            })) {
      assertInstanceOf(Fetched.class, netty.download("a.bin"));
      assertArrayEquals(file.content(), netty.file("a.bin"));
    }
  }

  /** The first response breaks off at its half, the others are as said. */
  private NettyDownloads breakingOff(ServedFile file, AnsweringServer.Answers others) {
    CountDownLatch first = new CountDownLatch(1);
    return serving(
        (head, out) -> {
          if (first.getCount() == 0) {
            others.answer(head, out);
          } else {
            first.countDown();
            file.start(out, LONG / 2);
            out.close();
          }
        });
  }

  @Test
  void theRetryGoesOnWhereTheBodyBrokeOff() throws IOException {
    ServedFile file = ServedFile.random(4, LONG);
    try (NettyDownloads netty = breakingOff(file, file::answer)) {
      Downloads hashed = netty.downloads().withDigests();
      Fetched fetched =
          assertInstanceOf(Fetched.class, netty.outcome(hashed, "a.bin").orElseThrow());
      assertEquals(206, fetched.status());
      assertTrue(fetched.resumedAt() > 0, fetched.toString());
      assertArrayEquals(file.content(), netty.file("a.bin"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong 206", "wrong 416"})
  void aWrongAnswerToARangeCostsASecondRequest(String answer) throws IOException {
    ServedFile file = ServedFile.random(5, LONG);
    AnsweringServer.Answers wrong =
        (head, out) -> {
          int from = ServedFile.firstByte(head);
          if (from < 0) {
            file.answer(head, out);
          } else if (answer.equals("wrong 206")) {
            file.rest(out, from + 1);
          } else {
            file.refuseRange(out, from + 1);
          }
        };
    try (NettyDownloads netty = breakingOff(file, wrong)) {
      Fetched fetched = assertInstanceOf(Fetched.class, netty.download("a.bin"));
      assertEquals(200, fetched.status());
      assertArrayEquals(file.content(), netty.file("a.bin"));
      assertEquals(3, netty.server.heads().size());
    }
  }

  @Test
  void aBodyThatIsAlwaysTooShortIsAFailure() throws IOException {
    ServedFile file = ServedFile.random(6, SMALL);
    try (NettyDownloads netty =
        serving(
            (head, out) -> {
              file.begin(out, SMALL + 1);
              out.write(file.content());
              out.close();
            })) {
      Failure<?, ?> failure =
          assertInstanceOf(Failure.class, netty.outcome(netty.downloads(), "a.bin"));
      assertTrue(failure.toString().contains("unexpected end of stream"), failure.toString());
      assertEquals(4, failure.attempts());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {SMALL, LONG})
  void aBodyThatStallsIsAFailure(int length) throws IOException {
    ServedFile file = ServedFile.random(7, length);
    Policy policy = Policy.limit(1).withAttemptTimeout(ofSeconds(5));
    try (NettyDownloads netty =
        new NettyDownloads(folder, policy, (head, out) -> file.start(out, length / 2))) {
      Downloads impatient = netty.downloads().withStallTimeout(ofMillis(300));
      Failure<?, ?> failure = assertInstanceOf(Failure.class, netty.outcome(impatient, "a.bin"));
      assertInstanceOf(StalledException.class, failure.cause());
      NettyDownloads.await(() -> netty.client.policy().limiter().inFlight() == 0, "no permit");
    }
  }

  /** The time of the head does not bound the body, although that is small. */
  @Test
  void aSmallBodyMayComeSlowly() throws IOException {
    ServedFile file = ServedFile.random(8, 40);
    Policy policy = Policy.limit(1).withAttemptTimeout(ofSeconds(1));
    try (NettyDownloads netty =
        new NettyDownloads(folder, policy, (head, out) -> trickle(file, out))) {
      assertInstanceOf(Fetched.class, netty.download("a.bin"));
      assertArrayEquals(file.content(), netty.file("a.bin"));
    }
  }

  private static void trickle(ServedFile file, OutputStream out) throws IOException {
    file.begin(out, file.content().length);
    for (byte octet : file.content()) {
      LockSupport.parkNanos(50_000_000);
      out.write(octet);
      out.flush();
    }
  }

  @Test
  void aHeadThatNeverComesIsAFailure() throws IOException {
    Policy policy = Policy.limit(1).withAttemptTimeout(ofMillis(300));
    try (NettyDownloads netty = new NettyDownloads(folder, policy, (head, out) -> {})) {
      Failure<?, ?> failure =
          assertInstanceOf(Failure.class, netty.outcome(netty.downloads(), "a.bin"));
      assertInstanceOf(DeadlineException.class, failure.cause());
    }
  }
}
