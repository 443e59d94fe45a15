package dev.sluice.fetch;

import static dev.sluice.fetch.DownloadFixture.LARGE;
import static dev.sluice.fetch.DownloadFixture.RECORDS;
import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.etag;
import static dev.sluice.fetch.RangeServer.firstByte;
import static dev.sluice.fetch.RangeServer.ok;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Exchange;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.fetch.RangeServer.Script;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Half of the file is there, and the server answers a request for the rest in its own way. */
class ResumeLiesTest {
  private static final byte[] CONTENT = content(1, LARGE);
  private static final byte[] OTHER = content(2, LARGE);
  private static final int HALF = LARGE / 2;
  private static final String RANGE = "bytes " + HALF + "-" + (LARGE - 1) + "/" + LARGE;

  /** What the server says to a request with a range; without one, it sends the whole file. */
  private static final Map<String, Script> LIES =
      Map.ofEntries(
          entry("ignores the range", (exchange, file) -> sent(exchange, ok(file), file)),
          entry("says no range", part("", etag(CONTENT), LARGE - HALF)),
          entry("another unit", part("lines 5-9/10", etag(CONTENT), LARGE - HALF)),
          entry("another start", part(range(HALF - 9, LARGE - 10, LARGE), etag(CONTENT), HALF)),
          entry("the start", part(range(0, HALF - 1, LARGE), etag(CONTENT), HALF)),
          entry("another total", part(range(HALF, LARGE - 1, LARGE + 5), etag(CONTENT), HALF)),
          entry("a total below the range", part(range(HALF, LARGE - 1, 7), etag(CONTENT), HALF)),
          entry("an end before the start", part(range(HALF, HALF - 1, LARGE), etag(CONTENT), HALF)),
          entry("another version", part(RANGE, etag(OTHER), HALF)),
          entry("another length of the body", part(RANGE, etag(CONTENT), HALF - 5)),
          entry("no version", part(RANGE, "", HALF)),
          entry("two versions", part(RANGE, "\"x\"\r\nETag: " + etag(CONTENT), HALF)),
          entry("the rest as the whole", whole("ETag: " + etag(CONTENT))),
          entry("the rest as the whole, with its range", whole("Content-Range: " + RANGE)),
          entry("not modified", refused("304 Not Modified")),
          entry("bad request", refused("400 Bad Request")),
          entry("precondition failed", refused("412 Precondition Failed")),
          entry("not implemented", refused("501 Not Implemented")),
          entry("several ranges", part(RANGE + "\r\nContent-Range: bytes 0-1/2", "\"x\"", HALF)),
          entry(
              "a range in parts",
              part(RANGE + "\r\nContent-Type: multipart/byteranges", etag(CONTENT), HALF)),
          entry("a gzipped range", part(RANGE + "\r\nContent-Encoding: gzip", etag(CONTENT), HALF)),
          entry("a longer body in chunks", chunked(RANGE, HALF + 1)),
          entry("another start in chunks", chunked(range(HALF - 1, LARGE - 1, LARGE), HALF)),
          entry("416 with another length", unsatisfiable("bytes */" + LARGE, etag(CONTENT))),
          entry("416 because it is shorter", unsatisfiable("bytes */" + (HALF - 1), etag(CONTENT))),
          entry("416 of another version", unsatisfiable("bytes */" + HALF, etag(OTHER))),
          entry("416 that says nothing", unsatisfiable("", "\"x\"")));

  @TempDir Path outside;
  private DownloadFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new DownloadFixture(outside.resolve("files"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  static Set<String> lies() {
    return LIES.keySet();
  }

  @ParameterizedTest
  @MethodSource("lies")
  void aLieEndsInTheRightFile(String lie) throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.breakOff("x.bin");
    Script script = Objects.requireNonNull(LIES.get(lie));
    fixture.server.script(
        "x.bin", (exchange, file) -> firstByte(exchange) >= 0 && script.answer(exchange, file));

    Fetched fetched = assertInstanceOf(Fetched.class, once(url));

    assertArrayEquals(CONTENT, fixture.content("x.bin"));
    assertEquals(List.of(RECORDS, "x.bin"), fixture.files());
    assertEquals(0, fetched.resumedAt());
    assertTrue(lastRange().startsWith("Range: bytes=" + HALF), this::lastRange);
  }

  @Test
  void anHonestServerSendsTheRest() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.breakOff("x.bin");

    Fetched fetched = assertInstanceOf(Fetched.class, once(url));

    assertArrayEquals(CONTENT, fixture.content("x.bin"));
    assertEquals(HALF, fetched.resumedAt());
    assertEquals(LARGE - HALF, fetched.fetchedBytes());
    assertEquals(206, fetched.status());
    assertEquals(2, fixture.server.requests().size());
  }

  @Test
  void theUnitOfARangeIsReadInAnyCase() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.breakOff("x.bin");
    fixture.server.script(
        "x.bin",
        (exchange, file) ->
            sent(
                exchange,
                partHead(RANGE.replace("bytes", "Bytes"), etag(CONTENT), LARGE - HALF),
                Arrays.copyOfRange(CONTENT, HALF, LARGE)));

    assertEquals(HALF, assertInstanceOf(Fetched.class, once(url)).resumedAt());
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
  }

  @Test
  void aChangedFileIsFetchedAnew() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.breakOff("x.bin");
    fixture.server.serve("x.bin", OTHER);

    Fetched fetched = assertInstanceOf(Fetched.class, once(url));

    assertArrayEquals(OTHER, fixture.content("x.bin"));
    assertEquals(0, fetched.resumedAt());
    assertEquals(2, fixture.server.requests().size());
  }

  @Test
  void aSmallFileInPlaceOfALargeOneLeavesNoPart() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.breakOff("x.bin");
    fixture.server.serve("x.bin", content(3, 10));

    once(url);

    assertArrayEquals(content(3, 10), fixture.content("x.bin"));
    assertEquals(List.of(RECORDS, "x.bin"), fixture.files());
  }

  @Test
  void aServerThatSendsTheRestInPiecesIsAskedAgain() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.breakOff("x.bin");
    int piece = 200_000;
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          int from = firstByte(exchange);
          int to = Math.min(from + piece, LARGE) - 1;
          String head = partHead(range(from, to, LARGE), etag(file), to - from + 1);
          return sent(exchange, head, Arrays.copyOfRange(file, from, to + 1));
        });

    Fetched fetched = assertInstanceOf(Fetched.class, fixture.download(url));

    assertArrayEquals(CONTENT, fixture.content("x.bin"));
    assertEquals(HALF + 2 * piece, fetched.resumedAt());
  }

  @Test
  void aRangeThatWasNotAskedForIsAFailure() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.server.script("x.bin", part(range(0, LARGE - 1, LARGE), etag(CONTENT), LARGE));

    var outcome =
        DownloadFixture.outcome(Downloads.into(fixture.folder, fixture.once), Download.of(url));

    assertEquals(
        "GET " + url + ": 206 Partial Content, although no range was asked for",
        DownloadFailuresTest.message(outcome));
    assertEquals(List.of(), fixture.files());
  }

  @Test
  void aPartThatIsSentAsTheWholeIsAFailure() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.server.script("x.bin", whole("Content-Range: " + RANGE));

    var outcome =
        DownloadFixture.outcome(Downloads.into(fixture.folder, fixture.once), Download.of(url));

    assertEquals(
        "GET "
            + url
            + ": a Content-Range that was not asked for: bytes "
            + HALF
            + "-"
            + (LARGE - 1),
        DownloadFailuresTest.message(outcome));
    assertEquals(List.of(), fixture.files());
  }

  private Downloaded once(URI url) throws IOException {
    return DownloadFixture.outcome(Downloads.into(fixture.folder, fixture.once), Download.of(url))
        .orElseThrow();
  }

  private String lastRange() {
    return fixture.server.requests().stream()
        .flatMap(List::stream)
        .filter(line -> line.startsWith("Range"))
        .reduce("", (first, second) -> second);
  }

  private static String range(int from, int to, int length) {
    return "bytes " + from + "-" + to + "/" + length;
  }

  /** The bytes are always those of the other file: they must not reach the disk. */
  private static Script part(String contentRange, String etag, int length) {
    return (exchange, file) ->
        sent(exchange, partHead(contentRange, etag, length), Arrays.copyOf(OTHER, length));
  }

  private static String partHead(String contentRange, String etag, int length) {
    return "HTTP/1.1 206 Partial Content"
        + (etag.isEmpty() ? "" : "\r\nETag: " + etag)
        + (contentRange.isEmpty() ? "" : "\r\nContent-Range: " + contentRange)
        + "\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static Script unsatisfiable(String contentRange, String etag) {
    return (exchange, file) ->
        sent(
            exchange,
            "HTTP/1.1 416 Range Not Satisfiable\r\nETag: "
                + etag
                + (contentRange.isEmpty() ? "" : "\r\nContent-Range: " + contentRange)
                + "\r\nContent-Length: 0\r\n\r\n",
            new byte[0]);
  }

  private static Script whole(String header) {
    return (exchange, file) ->
        sent(
            exchange,
            "HTTP/1.1 200 OK\r\n" + header + "\r\nContent-Length: " + HALF + "\r\n\r\n",
            Arrays.copyOf(OTHER, HALF));
  }

  private static Script refused(String status) {
    return (exchange, file) ->
        sent(exchange, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n", new byte[0]);
  }

  private static Script chunked(String contentRange, int length) {
    return (exchange, file) -> {
      exchange.send(
          "HTTP/1.1 206 Partial Content\r\nETag: "
              + etag(file)
              + "\r\nContent-Range: "
              + contentRange
              + "\r\nTransfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(length)
              + "\r\n");
      exchange.send(Arrays.copyOf(OTHER, length));
      exchange.send("\r\n0\r\n\r\n");
      return true;
    };
  }

  private static boolean sent(Exchange exchange, String head, byte[] body) throws IOException {
    exchange.send(head);
    exchange.send(body);
    return true;
  }
}
