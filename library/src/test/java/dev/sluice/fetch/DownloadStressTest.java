package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.content;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Await;
import dev.sluice.Backoff;
import dev.sluice.Lanes;
import dev.sluice.Limiter;
import dev.sluice.Outcome;
import dev.sluice.Outcome.Success;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.Window;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many downloads from 20 servers that refuse, have quotas and outages, and whose files break off,
 * stall, lie about lengths and ranges, change and never end. As many outcomes as downloads, each
 * success is byte for byte what the server has or had, and nothing is left behind: permits and temp
 * files are checked here, connections by the servers, threads and descriptors for each test.
 */
class DownloadStressTest {
  private static final int SEED = 16;
  private static final int SERVERS = 20;
  private static final Pattern TEMP = Pattern.compile("\\.sluice-.*\\.tmp");

  @TempDir Path outside;
  private final Random random = new Random(SEED);
  private final List<RangeServer> servers = new ArrayList<>();
  private final Map<Download, Integer> numbers = new LinkedHashMap<>();
  private final List<Integer> lengths = new ArrayList<>();

  @Test
  @Timeout(value = 2, unit = MINUTES)
  void everyDownloadHasAnOutcomeAndEverySuccessIsRight() throws IOException {
    stress(500, 10, downloads -> downloads);
  }

  @Test
  @Timeout(value = 2, unit = MINUTES)
  void everyDownloadInSegmentsHasAnOutcomeAndEverySuccessIsRight() throws IOException {
    stress(500, 10, downloads -> downloads.withSegments(3, 20_000));
  }

  @Test
  @Tag("slow")
  @Timeout(value = 15, unit = MINUTES)
  void everyOneOfTenThousandDownloadsHasAnOutcome() throws IOException {
    stress(10_000, 20, downloads -> downloads);
  }

  private void stress(int files, int quota, UnaryOperator<Downloads> change) throws IOException {
    serve(files, quota);
    Limiter limiter = Limiter.of(40, Lanes.limit(5).withParking(ofMillis(1_500)));
    Retry retry = Retry.upTo(6).withBackoff(Backoff.fixed(ofMillis(1)));
    Policy policy =
        Policy.of(limiter)
            .withWindow(Window.of(500))
            .withAttemptTimeout(ofMillis(800))
            .withRetry(retry);
    Folder folder = Folder.at(outside.resolve("files"));
    URI base = servers.get(0).raw().base();
    try (HttpClient client = HttpClient.at(base, policy, HttpOptions.standard())) {
      Downloads faulty =
          change.apply(
              Downloads.into(folder, client)
                  .withStallTimeout(ofMillis(800))
                  .withLargestFile(2_000_000));
      List<Outcome<Download, Downloaded>> outcomes =
          faulty
              .downloadAll(Flowable.fromIterable(numbers.keySet()))
              .toList()
              .test()
              .awaitDone(10, MINUTES)
              .assertComplete()
              .values()
              .get(0);
      check(folder, outcomes);
      Await.until(() -> limiter.inFlight() == 0, "no permit is out");
    }
    servers.forEach(RangeServer::close);
  }

  private void serve(int files, int quota) {
    List<HostFaults> hosts = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      servers.add(new RangeServer("127.0.0." + (i + 1)));
      hosts.add(new HostFaults(random.nextLong(), quota));
    }
    for (int i = 0; i < files; i++) {
      RangeServer server = servers.get(i % SERVERS);
      HostFaults host = hosts.get(i % SERVERS);
      int length =
          random.nextInt(4) == 0 ? 70_000 + random.nextInt(300_000) : random.nextInt(9_000);
      lengths.add(length);
      String name = i + ".bin";
      numbers.put(Download.of(server.serve(name, content(i, length))), i);
      FileFaults file = new FileFaults(random.nextLong(), i);
      server.script(
          name, (exchange, original) -> host.answered(exchange) || file.answer(exchange, original));
    }
  }

  private void check(Folder folder, List<Outcome<Download, Downloaded>> outcomes)
      throws IOException {
    assertEquals(numbers.size(), outcomes.size());
    Set<Download> keys = new HashSet<>();
    int successes = 0;
    for (Outcome<Download, Downloaded> outcome : outcomes) {
      keys.add(outcome.key());
      if (outcome instanceof Success<Download, Downloaded> success) {
        successes++;
        byte[] written = Files.readAllBytes(success.value().file().path());
        int number = numbers.getOrDefault(outcome.key(), -1);
        byte[] changed = content(-number - 1, lengths.get(number));
        byte[] right =
            Arrays.equals(written, changed) ? changed : content(number, lengths.get(number));
        assertArrayEquals(right, written, outcome.toString());
      }
    }
    assertEquals(numbers.size(), keys.size());
    assertTrue(successes > numbers.size() / 2, successes + " successes");
    try (var files = Files.list(folder.path())) {
      List<String> names = files.map(it -> String.valueOf(it.getFileName())).toList();
      assertEquals(successes, names.stream().filter(it -> !it.startsWith(".")).count());
      assertEquals(List.of(), names.stream().filter(TEMP.asMatchPredicate()).toList());
    }
  }
}
