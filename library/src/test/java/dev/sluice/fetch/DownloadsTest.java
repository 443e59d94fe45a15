package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.firstHalf;
import static dev.sluice.fetch.RangeServer.ok;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.Backoff;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.disk.Folder;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.Downloaded.Unchanged;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads over loopback: names, resume, and a second run. */
class DownloadsTest {
  private static final int LARGE = 3_000_000;

  @TempDir Path outside;
  private final RangeServer server = new RangeServer();
  private final HttpClient client =
      HttpClient.at(
          server.raw().base(),
          Policy.limit(4).withRetry(Retry.upTo(3).withBackoff(Backoff.fixed(Duration.ofMillis(1)))),
          HttpOptions.standard());
  private Folder folder;
  private Downloads downloads;

  @BeforeEach
  void setUp() {
    folder = Folder.at(outside.resolve("files"));
    downloads = Downloads.into(folder, client);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void streamsALargeBodyIntoAFile() throws IOException {
    byte[] content = content(1, LARGE);
    URI url = server.serve("a/large.bin", content);

    Fetched fetched = assertInstanceOf(Fetched.class, download(url));

    assertEquals(LARGE, fetched.fetchedBytes());
    assertEquals(0, fetched.resumedAt());
    assertEquals(folder.path().resolve("large.bin"), fetched.file().path());
    assertArrayEquals(content, Files.readAllBytes(fetched.file().path()));
    assertEquals(List.of(".sluice-files.ndjson", "large.bin"), files());
  }

  @Test
  void writesASmallBodyIntoAFile() throws IOException {
    byte[] content = content(2, 1_000);
    Fetched fetched = assertInstanceOf(Fetched.class, download(server.serve("small.bin", content)));

    assertArrayEquals(content, Files.readAllBytes(fetched.file().path()));
    assertEquals(List.of(".sluice-files.ndjson", "small.bin"), files());
  }

  @Test
  void aRetryGoesOnWhereTheBodyBrokeOff() throws IOException {
    byte[] content = content(3, LARGE);
    URI url = server.serve("x.bin", content);
    AtomicInteger requests = new AtomicInteger();
    server.script(
        "x.bin",
        (exchange, file) -> {
          if (requests.incrementAndGet() > 1) {
            return false;
          }
          exchange.send(ok(file));
          exchange.send(firstHalf(file));
          exchange.hangUp();
          return true;
        });

    Fetched fetched = assertInstanceOf(Fetched.class, download(url));

    assertEquals(206, fetched.status());
    assertEquals(LARGE / 2, fetched.resumedAt());
    assertEquals(LARGE - LARGE / 2, fetched.fetchedBytes());
    assertArrayEquals(content, Files.readAllBytes(fetched.file().path()));
    assertEquals(List.of(".sluice-files.ndjson", "x.bin"), files());
  }

  @Test
  void aSecondRunAsksWhetherTheFileHasChanged() throws IOException {
    byte[] content = content(4, LARGE);
    URI url = server.serve("x.bin", content);
    download(url);

    Unchanged unchanged = assertInstanceOf(Unchanged.class, download(url));
    assertEquals(304, unchanged.status());
    Unchanged later =
        assertInstanceOf(
            Unchanged.class,
            Downloads.into(folder, client)
                .pipeline()
                .run(Download.of(url))
                .blockingGet()
                .orElseThrow());
    assertEquals(LARGE, later.file().bytes());
    assertEquals(3, server.requests().size());
  }

  @Test
  void aMissingFileIsNotFound() {
    URI url = server.raw().base().resolve("none.bin");
    Outcome<Download, Downloaded> outcome = outcome(Download.of(url));
    assertEquals(Outcome.notFound(Download.of(url)), outcome);
  }

  private Downloaded download(URI url) throws IOException {
    return outcome(Download.of(url)).orElseThrow();
  }

  private Outcome<Download, Downloaded> outcome(Download download) {
    var outcome = downloads.pipeline().run(download).test();
    return outcome.awaitDone(10, SECONDS).assertComplete().values().get(0);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.path())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
