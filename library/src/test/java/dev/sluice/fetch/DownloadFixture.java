package dev.sluice.fetch;

import static dev.sluice.fetch.RangeServer.firstHalf;
import static dev.sluice.fetch.RangeServer.ok;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.Backoff;
import dev.sluice.Exchange;
import dev.sluice.Outcome;
import dev.sluice.Policy;
import dev.sluice.Retry;
import dev.sluice.disk.Folder;
import dev.sluice.http.HttpClient;
import dev.sluice.http.HttpOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A server, a client and a folder. Each download is a run of its own, as after a restart. */
final class DownloadFixture implements AutoCloseable {
  static final int LARGE = 1_000_000;
  static final String RECORDS = ".sluice-files.ndjson";

  final RangeServer server = new RangeServer();
  final Folder folder;
  final HttpClient client;

  /** No retry. */
  final HttpClient once;

  DownloadFixture(Path folder) {
    this.folder = Folder.at(folder);
    Retry quick = Retry.upTo(3).withBackoff(Backoff.fixed(Duration.ofMillis(1)));
    client = client(Policy.limit(4).withRetry(quick));
    once = client(Policy.limit(4));
  }

  private HttpClient client(Policy policy) {
    return HttpClient.at(server.raw().base(), policy, HttpOptions.standard());
  }

  Downloads downloads() {
    return Downloads.into(folder, client);
  }

  Downloaded download(URI url) throws IOException {
    return outcome(Download.of(url)).orElseThrow();
  }

  Outcome<Download, Downloaded> outcome(Download download) {
    return outcome(download, downloads -> downloads);
  }

  Outcome<Download, Downloaded> outcome(Download download, UnaryOperator<Downloads> change) {
    return outcome(change.apply(downloads()), download);
  }

  static Outcome<Download, Downloaded> outcome(Downloads downloads, Download download) {
    return downloads
        .pipeline()
        .run(download)
        .test()
        .awaitDone(10, SECONDS)
        .assertComplete()
        .values()
        .get(0);
  }

  /** A first run that ends in the middle of the body, without a retry. */
  void breakOff(String path) {
    server.script(path, DownloadFixture::half);
    outcome(Downloads.into(folder, once), Download.of(server.raw().base().resolve(path)));
    server.script(path, (exchange, file) -> false);
  }

  static boolean half(Exchange exchange, byte[] file) throws IOException {
    exchange.send(ok(file));
    exchange.send(firstHalf(file));
    exchange.hangUp();
    return true;
  }

  /** The names of all files in the folder. */
  List<String> files() throws IOException {
    if (!Files.exists(folder.path())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.path())) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  byte[] content(String name) throws IOException {
    return Files.readAllBytes(folder.path().resolve(name));
  }

  @Override
  public void close() {
    client.close();
    once.close();
    server.close();
  }
}
