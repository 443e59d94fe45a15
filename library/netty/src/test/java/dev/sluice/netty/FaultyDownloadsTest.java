package dev.sluice.netty;

import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Backoff;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.fetch.Download;
import dev.sluice.fetch.Downloaded;
import dev.sluice.fetch.Downloads;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many downloads over Netty from a server that breaks off, stalls, lies and refuses. As many
 * outcomes as downloads, each success is byte for byte what the server has or had, and no permit,
 * connection, file or buffer is left.
 */
@Timeout(120)
class FaultyDownloadsTest {
  private static final int FILES = 400;
  private static final int LIMIT = 40;
  private static final int LARGEST = 2_000_000;

  @TempDir Path folder;
  private final Random random = new Random(19);
  private final List<FaultyFile> files = new ArrayList<>();

  /** A file that changes at some time, and the faults of its server. */
  private static final class FaultyFile {
    final ServedFile before;
    final ServedFile after;
    private final Random random;
    private boolean hasChanged;

    FaultyFile(int number, long seed) {
      random = new Random(seed);
      int length =
          random.nextInt(3) == 0 ? 60_000 + random.nextInt(500_000) : random.nextInt(9_000);
      before = ServedFile.random(number, length);
      after = ServedFile.random(-number - 1, length);
    }

    synchronized void answer(String head, OutputStream out) throws IOException {
      int fault = random.nextInt(24);
      hasChanged |= fault == 0;
      ServedFile now = hasChanged ? after : before;
      int length = now.content().length;
      switch (fault) {
        case 1 -> breakOff(now, random.nextInt(length + 1), out);
        case 2 -> breakOff(now, length / 2, out);
        case 3 -> now.start(out, length / 2); // The rest never comes.
        case 4 -> out.flush(); // No head comes.
        case 5 -> out.close();
        case 6 -> endless(out);
        case 7 -> refuse(out, "503 Busy");
        case 8 -> now.rest(out, Math.min(length, 1 + Math.max(0, ServedFile.firstByte(head))));
        case 9 -> now.refuseRange(out, length + 1);
        case 10 -> {
          now.begin(out, length + 7);
          out.write(now.content());
          out.close();
        }
        case 11 -> AnsweringServer.write(out, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
        case 12 -> AnsweringServer.write(out, "HTTP/1.1 304 Not Modified\r\n\r\n");
        default -> now.answer(head, out);
      }
    }

    private static void breakOff(ServedFile now, int bytes, OutputStream out) throws IOException {
      now.start(out, bytes);
      out.close();
    }

    private static void endless(OutputStream out) throws IOException {
      AnsweringServer.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      while (true) {
        AnsweringServer.write(out, "2710\r\n" + "x".repeat(10_000) + "\r\n");
      }
    }

    private static void refuse(OutputStream out, String status) throws IOException {
      AnsweringServer.write(out, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
    }
  }

  @Test
  void everyDownloadHasAnOutcomeAndEverySuccessIsRight() throws IOException {
    for (int i = 0; i < FILES; i++) {
      files.add(new FaultyFile(i, random.nextLong()));
    }
    Policy policy =
        Policy.limit(LIMIT)
            .withAttemptTimeout(ofMillis(500))
            .withRetry(Retry.upTo(6).withBackoff(Backoff.fixed(ofMillis(1))));
    AnsweringServer.Answers faulty =
        (head, out) -> files.get(number(head.substring("GET /".length()))).answer(head, out);
    try (LeakedBuffers leaked = LeakedBuffers.watch()) {
      try (NettyDownloads netty = new NettyDownloads(folder, policy, faulty)) {
        Downloads downloads =
            netty.downloads().withStallTimeout(ofMillis(500)).withLargestFile(LARGEST);
        for (int run = 0; run < 2; run++) {
          check(outcomes(netty, downloads));
        }
        NettyDownloads.await(() -> policy.limiter().inFlight() == 0, "a permit is out");
        NettyDownloads.await(() -> netty.server.open() <= LIMIT, "a connection is left");
      }
      leaked.assertNone();
    }
  }

  /** That of a name such as {@code 17.bin}. */
  private static int number(String start) {
    return Integer.parseInt(start.substring(0, start.indexOf('.')));
  }

  private static List<Outcome<Download, Downloaded>> outcomes(
      NettyDownloads netty, Downloads downloads) {
    return downloads
        .downloadAll(Flowable.range(0, FILES).map(i -> netty.of(i + ".bin")))
        .test()
        .awaitDone(50, SECONDS)
        .assertComplete()
        .values();
  }

  private void check(List<Outcome<Download, Downloaded>> outcomes) throws IOException {
    assertEquals(FILES, outcomes.size());
    Set<Download> keys = new HashSet<>();
    int successes = 0;
    for (Outcome<Download, Downloaded> outcome : outcomes) {
      keys.add(outcome.key());
      if (outcome instanceof Success<Download, Downloaded> success) {
        successes++;
        Path path = success.value().file().path();
        FaultyFile file = files.get(number(String.valueOf(path.getFileName())));
        byte[] written = Files.readAllBytes(path);
        byte[] after = file.after.content();
        assertArrayEquals(
            Arrays.equals(written, after) ? after : file.before.content(),
            written,
            outcome.toString());
      }
    }
    assertEquals(FILES, keys.size());
    assertTrue(successes > FILES / 2, successes + " successes");
    try (var all = Files.list(folder)) {
      assertEquals(0, all.filter(it -> it.toString().endsWith(".tmp")).count());
    }
  }
}
