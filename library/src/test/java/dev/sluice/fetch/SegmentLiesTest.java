package dev.sluice.fetch;

import static dev.sluice.fetch.DownloadFixture.LARGE;
import static dev.sluice.fetch.DownloadFixture.RECORDS;
import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.etag;
import static dev.sluice.fetch.RangeServer.firstByte;
import static dev.sluice.fetch.RangeServer.lastByte;
import static dev.sluice.fetch.RangeServer.ok;
import static dev.sluice.fetch.SegmentFixture.CONTENT;
import static dev.sluice.fetch.SegmentFixture.QUARTER;
import static dev.sluice.fetch.SegmentFixture.hash;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.Await;
import dev.sluice.Exchange;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.RangeServer.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests for segments, which the server answers in its own way, with bytes of another file. */
class SegmentLiesTest {
  private static final byte[] OTHER = content(2, LARGE);
  private static final String ETAG = "ETag: " + etag(CONTENT);

  private static final Map<String, Script> LIES =
      Map.ofEntries(
          entry("ignores the range", (exchange, file) -> sent(exchange, ok(file), OTHER)),
          entry("says no range", changed("Content-Range", "X-Range")),
          entry("another unit", changed("bytes ", "lines ")),
          entry("another start", changed("bytes ", "bytes 1")),
          entry("an earlier end", changed("999/", "998/")),
          entry("a later end", changed("9/", "9999999/")),
          entry("another total", changed("/1000000", "/1000001")),
          entry("no total", changed("/1000000", "/*")),
          entry("another version", changed(ETAG, "ETag: \"other\"")),
          entry("a weak version", changed("ETag: ", "ETag: W/")),
          entry("no version", changed("ETag: ", "X-ETag: ")),
          entry("a gzipped range", changed("ETag: ", "Content-Encoding: gzip\r\nETag: ")),
          entry("a shorter body", changed("Content-Length: 25", "Content-Length: 24")),
          entry("a longer body", changed("Content-Length: 25", "Content-Length: 26")),
          entry(
              "a body in chunks", changed("Content-Length: ", "Transfer-Encoding: chunked\r\nX: ")),
          entry(
              "several ranges",
              changed("Content-Range", "Content-Range: bytes 0-1/2\r\nContent-Range")),
          entry("416", (exchange, file) -> status(exchange, "416 No")),
          entry("404", (exchange, file) -> status(exchange, "404 No")),
          entry("304", (exchange, file) -> status(exchange, "304 No")));

  @TempDir Path outside;
  private SegmentFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new SegmentFixture(outside.resolve("files"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  static Set<String> lies() {
    return LIES.keySet();
  }

  /** The first response goes on through all segments. */
  @ParameterizedTest
  @MethodSource("lies")
  void theFirstResponseBringsWhatNoOtherBrings(String lie) throws IOException {
    Script script = Objects.requireNonNull(LIES.get(lie));
    AtomicInteger lies = new AtomicInteger();
    fixture.script(
        (exchange, file) -> {
          if (firstByte(exchange) >= 0) {
            try {
              boolean unused = script.answer(exchange, file);
              exchange.hangUp();
              return true;
            } finally {
              lies.incrementAndGet(); // The client may leave before the end of the lie.
            }
          }
          exchange.send(ok(file));
          exchange.send(Arrays.copyOf(file, QUARTER - 1));
          Await.until(() -> lies.get() > 0, "a request for a segment");
          exchange.send(Arrays.copyOfRange(file, QUARTER - 1, LARGE));
          return true;
        });

    Fetched fetched = fixture.once(Downloads::withDigests);

    assertEquals(hash(CONTENT), fetched.checksum().orElseThrow());
    assertEquals(200, fetched.status());
    assertEquals(List.of(RECORDS, "x.bin"), fixture.files.files());
  }

  /** Only the second segment comes, so that the first response does not bring the rest. */
  @ParameterizedTest
  @MethodSource("lies")
  void theNextAttemptBringsWhatIsMissing(String lie) throws IOException {
    Script script = Objects.requireNonNull(LIES.get(lie));
    fixture.script(
        (exchange, file) -> {
          boolean isLie = firstByte(exchange) >= 2 * QUARTER && !isOpen(exchange);
          if (isLie) {
            // Not before the second segment has come: a lie ends the requests that wait.
            Await.until(() -> fixture.received.get() >= 2 * QUARTER - 1, "the second segment");
            boolean unused = script.answer(exchange, file);
            exchange.hangUp();
          }
          return isLie || fixture.firstQuarter(exchange, file, QUARTER);
        });

    Fetched fetched = fixture.once(Downloads::withDigests);

    assertEquals(hash(CONTENT), fetched.checksum().orElseThrow());
    assertEquals(2 * QUARTER, fetched.resumedAt());
    assertEquals(List.of(RECORDS, "x.bin"), fixture.files.files());
  }

  /** The second segment is of the old version, and later ones are of the new one. */
  @Test
  void aFileThatChangesIsFetchedAnew() throws IOException {
    fixture.script(
        (exchange, file) -> {
          if (firstByte(exchange) < 0) {
            return Arrays.equals(file, CONTENT) && fixture.firstQuarter(exchange, file, QUARTER);
          }
          if (firstByte(exchange) > QUARTER) {
            Await.until(() -> fixture.received.get() >= 2 * QUARTER - 1, "the second segment");
            fixture.server.serve("x.bin", OTHER);
            RangeServer.byRules(exchange, OTHER);
            return true;
          }
          return false;
        });

    Downloaded fetched =
        DownloadFixture.outcome(
                fixture.segmented(fixture.files.once).withDigests(), Download.of(fixture.url))
            .orElseThrow();

    assertEquals(hash(OTHER), fetched.checksum().orElseThrow());
    assertArrayEquals(OTHER, fixture.files.content("x.bin"));
  }

  /** Segments with the right head and wrong bytes. */
  @Test
  void theWrongChecksumIsFound() throws IOException {
    AtomicInteger wholes = new AtomicInteger();
    fixture.script(
        (exchange, file) ->
            firstByte(exchange) < 0
                ? wholes.getAndIncrement() == 0 && fixture.firstQuarter(exchange, file, 3 * QUARTER)
                : changed("no", "change").answer(exchange, file));

    Fetched fetched =
        fixture.fetched(
            fixture.segmented(fixture.files.once),
            Download.of(fixture.url).withChecksum(hash(CONTENT)));

    assertEquals(0, fetched.resumedAt());
    assertEquals(5, fixture.requests());
  }

  private static boolean isOpen(Exchange exchange) {
    return String.valueOf(RangeServer.header(exchange, "Range")).endsWith("-");
  }

  /** The head of the right segment with a change, and other bytes. */
  private static Script changed(String from, String to) {
    return (exchange, file) -> {
      int first = firstByte(exchange);
      int last = lastByte(exchange, file);
      String head = RangeServer.partHead(file, first, last).replaceFirst(from, to);
      return sent(exchange, head, Arrays.copyOfRange(OTHER, first, last + 1));
    };
  }

  private static boolean status(Exchange exchange, String status) throws IOException {
    return sent(exchange, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n", new byte[0]);
  }

  private static boolean sent(Exchange exchange, String head, byte[] body) throws IOException {
    exchange.send(head);
    exchange.send(body);
    return true;
  }
}
