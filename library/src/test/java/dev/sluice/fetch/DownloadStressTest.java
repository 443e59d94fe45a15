package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.firstByte;
import static dev.sluice.fetch.RangeServer.firstHalf;
import static dev.sluice.fetch.RangeServer.ok;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Backoff;
import dev.sluice.Exchange;
import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many downloads from several servers that break off, stall, lie about lengths and ranges, change
 * their files, send endless bodies and refuse. As many outcomes as downloads, and each success is
 * byte for byte what the server has or had.
 */
class DownloadStressTest {
  private static final int SEED = 16;
  private static final int SERVERS = 4;

  @TempDir Path outside;

  @Test
  @Timeout(value = 2, unit = MINUTES)
  void everyDownloadHasAnOutcomeAndEverySuccessIsRight() throws IOException {
    stress(400);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 15, unit = MINUTES)
  void everyOneOfTenThousandDownloadsHasAnOutcome() throws IOException {
    stress(10_000);
  }

  private void stress(int files) throws IOException {
    Random random = new Random(SEED);
    List<RangeServer> servers = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      servers.add(new RangeServer());
    }
    List<Download> downloads = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      RangeServer server = servers.get(i % SERVERS);
      int length =
          random.nextInt(4) == 0 ? 70_000 + random.nextInt(300_000) : random.nextInt(9_000);
      lengths.add(length);
      String name = i + ".bin";
      downloads.add(Download.of(server.serve(name, content(i, length))));
      server.script(name, new Faults(random.nextLong(), i)::answer);
    }
    Limiter limiter = Limiter.of(16, Lanes.limit(5));
    Retry retry = Retry.upTo(3).withBackoff(Backoff.fixed(ofMillis(1)));
    Policy policy = Policy.of(limiter).withAttemptTimeout(ofMillis(800)).withRetry(retry);
    Folder folder = Folder.at(outside.resolve("files"));
    try (HttpClient client =
        HttpClient.at(servers.get(0).raw().base(), policy, HttpOptions.standard())) {
      Downloads faulty =
          Downloads.into(folder, client).withStallTimeout(ofMillis(800)).withLargestFile(2_000_000);
      List<Outcome<Download, Downloaded>> outcomes =
          faulty
              .downloadAll(Flowable.fromIterable(downloads))
              .toList()
              .test()
              .awaitDone(10, MINUTES)
              .assertComplete()
              .values()
              .get(0);
      check(folder, downloads, lengths, outcomes);
      Await.until(() -> limiter.inFlight() == 0, "no permit is out");
    }
    servers.forEach(RangeServer::close);
  }

  private static void check(
      Folder folder,
      List<Download> downloads,
      List<Integer> lengths,
      List<Outcome<Download, Downloaded>> outcomes)
      throws IOException {
    assertEquals(downloads.size(), outcomes.size());
    Set<Download> keys = new HashSet<>();
    int successes = 0;
    for (Outcome<Download, Downloaded> outcome : outcomes) {
      keys.add(outcome.key());
      if (outcome instanceof Success<Download, Downloaded> success) {
        successes++;
        byte[] written = Files.readAllBytes(success.value().file().path());
        int number = downloads.indexOf(outcome.key());
        byte[] changed = content(-number - 1, lengths.get(number));
        byte[] right =
            Arrays.equals(written, changed) ? changed : content(number, lengths.get(number));
        assertArrayEquals(right, written, outcome.toString());
      }
    }
    assertEquals(downloads.size(), keys.size());
    assertTrue(successes > downloads.size() / 2, successes + " successes");
    try (var files = Files.list(folder.path())) {
      long named = files.filter(it -> !it.getFileName().toString().startsWith(".")).count();
      assertEquals(successes, named);
    }
  }

  /** Answers each request for one file in one of many wrong ways, or rightly. */
  private static final class Faults {
    private final Random random;
    private final int number;
    private boolean hasChanged;

    Faults(long seed, int number) {
      this.random = new Random(seed);
      this.number = number;
    }

    synchronized boolean answer(Exchange exchange, byte[] original) throws IOException {
      byte[] file = hasChanged ? changed(original) : original;
      switch (random.nextInt(20)) {
        case 0 -> {
          exchange.send(ok(file));
          exchange.send(firstHalf(file));
          exchange.hangUp();
        }
        case 1 -> {
          exchange.send(ok(file));
          exchange.send(firstHalf(file));
          exchange.reset();
        }
        case 2 -> {
          exchange.send(ok(file));
          exchange.send(firstHalf(file));
          exchange.untilTheClientLeaves();
        }
        case 3 -> exchange.untilTheClientLeaves();
        case 4 -> exchange.hangUp();
        case 5 -> {
          exchange.send(ok(file));
          exchange.send(file);
        }
        case 6 -> endless(exchange);
        case 7 -> exchange.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        case 8 -> exchange.send("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        case 9 -> liesAboutRange(exchange, file);
        case 10 -> {
          hasChanged = true;
          RangeServer.byRules(exchange, changed(original));
        }
        case 11 -> {
          exchange.send(ok(file).replace("Content-Length: ", "Content-Length: 9"));
          exchange.send(file);
          exchange.hangUp();
        }
        case 12 -> exchange.send("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        default -> RangeServer.byRules(exchange, file);
      }
      return true;
    }

    private byte[] changed(byte[] original) {
      return content(-number - 1, original.length);
    }

    private static void endless(Exchange exchange) throws IOException {
      exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      while (true) {
        exchange.send("2710\r\n" + "x".repeat(10_000) + "\r\n");
      }
    }

    private static void liesAboutRange(Exchange exchange, byte[] file) throws IOException {
      int from = firstByte(exchange);
      if (from < 0 || from >= file.length) {
        RangeServer.byRules(exchange, file);
        return;
      }
      String head = RangeServer.partHead(file, from);
      exchange.send(head.replace("bytes " + from, "bytes " + (from + 1)));
      exchange.send(RangeServer.rest(file, from));
    }
  }
}
