package dev.sluice.fetch;

import static dev.sluice.fetch.DownloadFixture.LARGE;
import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.firstByte;
import static dev.sluice.fetch.RangeServer.ok;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.Await;
import dev.sluice.Exchange;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.RangeServer.Script;
import dev.sluice.http.HttpClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** One file in four segments of 250,000 bytes. */
final class SegmentFixture implements AutoCloseable {
  static final byte[] CONTENT = content(1, LARGE);
  static final int QUARTER = LARGE / 4;

  final DownloadFixture files;
  final RangeServer server;
  final URI url;

  /** Bytes of all bodies that the client has. */
  final AtomicLong received = new AtomicLong();

  SegmentFixture(Path folder) {
    files = new DownloadFixture(folder);
    server = files.server;
    url = server.serve("x.bin", CONTENT);
  }

  void script(Script script) {
    server.script("x.bin", script);
  }

  /** The first response brings a quarter, and its last byte when this much of the others came. */
  boolean firstQuarter(Exchange exchange, byte[] file, int others) throws IOException {
    if (firstByte(exchange) >= 0) {
      return false;
    }
    exchange.send(ok(file));
    exchange.send(Arrays.copyOf(file, QUARTER - 1));
    Await.until(() -> received.get() >= QUARTER - 1 + others, "the other segments");
    exchange.send(Arrays.copyOfRange(file, QUARTER - 1, QUARTER));
    exchange.untilTheClientLeaves();
    return true;
  }

  Downloads segmented(HttpClient client) {
    return Downloads.into(files.folder, client)
        .withSegments(4, 100_000)
        .withProgress(received::addAndGet);
  }

  /** Without a retry. */
  Fetched once() throws IOException {
    return once(downloads -> downloads);
  }

  Fetched once(UnaryOperator<Downloads> change) throws IOException {
    return fetched(change.apply(segmented(files.once)), Download.of(url));
  }

  Fetched fetched(Downloads downloads, Download download) throws IOException {
    Fetched fetched =
        assertInstanceOf(Fetched.class, DownloadFixture.outcome(downloads, download).orElseThrow());
    assertArrayEquals(CONTENT, files.content("x.bin"));
    return fetched;
  }

  /** The header lines of all requests that start so, sorted. */
  List<String> lines(String start) {
    return server.requests().stream()
        .flatMap(List::stream)
        .filter(line -> line.startsWith(start))
        .sorted()
        .toList();
  }

  int requests() {
    return server.requests().size();
  }

  static Checksum hash(byte[] content) {
    MessageDigest digest = Checksum.digest("sha-256");
    digest.update(content);
    return Checksum.of("sha-256", digest);
  }

  @Override
  public void close() {
    files.close();
  }
}
