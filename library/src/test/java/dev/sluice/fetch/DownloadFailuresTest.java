package dev.sluice.fetch;

import static dev.sluice.fetch.DownloadFixture.LARGE;
import static dev.sluice.fetch.DownloadFixture.RECORDS;
import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.firstByte;
import static dev.sluice.fetch.RangeServer.firstHalf;
import static dev.sluice.fetch.RangeServer.ok;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.Outcome;
import dev.sluice.Outcome.Failure;
import dev.sluice.fetch.Downloaded.Fetched;
import dev.sluice.http.ContentException;
import dev.sluice.http.StatusException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong contents, missing files, mirrors, and bodies without an end. */
class DownloadFailuresTest {
  private static final byte[] CONTENT = content(1, LARGE);
  private static final byte[] OTHER = content(2, LARGE);

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

  static String message(Outcome<Download, Downloaded> outcome) {
    return String.valueOf(failure(outcome).cause().getMessage());
  }

  private static Failure<Download, Downloaded> failure(Outcome<Download, Downloaded> outcome) {
    if (outcome instanceof Failure<Download, Downloaded> failure) {
      return failure;
    }
    throw new AssertionError(outcome);
  }

  private static Checksum sha256(byte[] content) {
    MessageDigest digest = Checksum.digest("sha-256");
    return new Checksum("sha-256", HexFormat.of().formatHex(digest.digest(content)));
  }

  @Test
  void anotherChecksumIsAFailureThatLeavesNothing() throws IOException {
    for (int length : new int[] {10, LARGE}) {
      byte[] content = content(1, length);
      URI url = fixture.server.serve("x.bin", content);
      var outcome = fixture.outcome(Download.of(url).withChecksum(sha256(OTHER)));

      assertEquals(
          url + ": " + sha256(content) + ", expected " + sha256(OTHER).hex(), message(outcome));
      assertInstanceOf(WrongContentException.class, failure(outcome).cause());
      assertEquals(1, failure(outcome).attempts());
      assertEquals(List.of(), fixture.files());
    }
  }

  @Test
  void theRightChecksumIsReported() throws IOException {
    for (int length : new int[] {10, LARGE}) {
      byte[] content = content(1, length);
      URI url = fixture.server.serve("x.bin", content);
      var outcome = fixture.outcome(Download.of(url).withChecksum(sha256(content)));
      assertEquals(sha256(content), outcome.orElseThrow().checksum().orElseThrow());
      var digested = fixture.outcome(Download.of(url), Downloads::withDigests);
      assertEquals(sha256(content), digested.orElseThrow().checksum().orElseThrow());
    }
  }

  @Test
  void aSplicedFileIsFoundByItsChecksumAndFetchedAnew() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.breakOff("x.bin");
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          int from = firstByte(exchange);
          if (from < 0) {
            return false;
          }
          exchange.send(RangeServer.partHead(file, from));
          exchange.send(RangeServer.rest(OTHER, from));
          return true;
        });

    var outcome = fixture.outcome(Download.of(url).withChecksum(sha256(CONTENT)));

    assertEquals(0, assertInstanceOf(Fetched.class, outcome.orElseThrow()).resumedAt());
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
    assertEquals(List.of(RECORDS, "x.bin"), fixture.files());
  }

  @Test
  void aResumedFileHasItsChecksumCheckedAsAWhole() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.breakOff("x.bin");
    var outcome = fixture.outcome(Download.of(url).withChecksum(sha256(CONTENT)));

    Fetched fetched = assertInstanceOf(Fetched.class, outcome.orElseThrow());
    assertEquals(LARGE / 2, fetched.resumedAt());
    assertEquals(sha256(CONTENT), fetched.checksum().orElseThrow());
  }

  @Test
  void anotherSizeIsAFailure() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    var outcome = fixture.outcome(Download.of(url).withSize(5));

    assertEquals(url + ": " + LARGE + " bytes, expected 5", message(outcome));
    assertEquals(List.of(), fixture.files());
  }

  @Test
  void mirrorsAreTriedInTurnAlsoWithoutARetry() throws IOException {
    URI missing = fixture.server.raw().base().resolve("missing.bin");
    URI wrong = fixture.server.serve("wrong.bin", OTHER);
    URI broken = fixture.server.serve("broken.bin", CONTENT);
    fixture.server.script("broken.bin", DownloadFixture::half);
    URI right = fixture.server.serve("right.bin", CONTENT);
    Download download =
        Download.of(missing)
            .withMirror(wrong)
            .withMirror(broken)
            .withMirror(right)
            .withChecksum(sha256(CONTENT));

    var outcome = DownloadFixture.outcome(Downloads.into(fixture.folder, fixture.once), download);

    assertEquals(right, assertInstanceOf(Fetched.class, outcome.orElseThrow()).source());
    assertArrayEquals(CONTENT, fixture.content("missing.bin"));
    assertEquals(List.of(RECORDS, "missing.bin"), fixture.files());
    assertEquals(
        List.of("/missing.bin", "/wrong.bin", "/broken.bin", "/right.bin"),
        fixture.server.raw().paths());
  }

  @Test
  void aFileThatNoMirrorHasIsNotFound() {
    URI one = fixture.server.raw().base().resolve("one.bin");
    URI two = fixture.server.raw().base().resolve("two.bin");
    Download download = Download.of(one).withMirror(two);
    assertEquals(Outcome.notFound(download), fixture.outcome(download));
    assertEquals(2, fixture.server.requests().size());
  }

  @Test
  void aFailureOfOneMirrorWinsOverTheOthersNotFound() {
    URI one = fixture.server.serve("one.bin", CONTENT);
    fixture.server.script(
        "one.bin",
        (exchange, file) -> {
          exchange.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
          return true;
        });
    URI two = fixture.server.raw().base().resolve("two.bin");
    var outcome = fixture.outcome(Download.of(one).withMirror(two));
    assertEquals(403, assertInstanceOf(StatusException.class, failure(outcome).cause()).status());
    assertEquals(2, failure(outcome).attempts());
  }

  @Test
  void anEndlessBodyEndsAtTheLargestFile() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            exchange.send("2710\r\n" + "x".repeat(10_000) + "\r\n");
          }
        });
    var outcome = fixture.outcome(Download.of(url), it -> it.withLargestFile(2_000_000));

    assertEquals(url + ": a body longer than 2000000 bytes", message(outcome));
    assertEquals(1, failure(outcome).attempts());
    assertEquals(List.of(), fixture.files());
  }

  @Test
  void aBodyThatStallsIsCutOffAndResumed() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          if (firstByte(exchange) >= 0) {
            return false;
          }
          exchange.send(ok(file));
          exchange.send(firstHalf(file));
          exchange.untilTheClientLeaves();
          return true;
        });
    var outcome =
        fixture.outcome(Download.of(url), it -> it.withStallTimeout(Duration.ofMillis(300)));

    Fetched fetched = assertInstanceOf(Fetched.class, outcome.orElseThrow());
    assertEquals(LARGE / 2, fetched.resumedAt());
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
  }

  @Test
  void aBodyThatStallsIsAFailureThatSaysForHowLong() {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send(ok(file));
          exchange.send(firstHalf(file));
          exchange.untilTheClientLeaves();
          return true;
        });
    Downloads once =
        Downloads.into(fixture.folder, fixture.once).withStallTimeout(Duration.ofMillis(300));

    var outcome = DownloadFixture.outcome(once, Download.of(url));

    assertInstanceOf(StalledException.class, failure(outcome).cause());
    assertEquals(url + ": no byte of the body for 300ms", message(outcome));
  }

  @Test
  void aBodyThatFlowsSlowlyHasNotStalled() throws IOException {
    for (int length : new int[] {20, 100_000}) {
      URI url = fixture.server.serve("x.bin", content(1, length));
      fixture.server.script(
          "x.bin",
          (exchange, file) -> {
            exchange.send(ok(file));
            for (int from = 0; from < length; from += length / 10) {
              // The server's pace is what is tested; in all it takes longer than the timeout.
              LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
              exchange.send(Arrays.copyOfRange(file, from, from + length / 10));
            }
            return true;
          });
      var outcome =
          DownloadFixture.outcome(
              Downloads.into(fixture.folder, fixture.once).withStallTimeout(Duration.ofSeconds(1)),
              Download.of(url));
      assertEquals(length, outcome.orElseThrow().file().bytes());
    }
  }

  @Test
  void aCodedBodyIsAFailure() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send(ok(file).replace("ETag", "Content-Encoding: br\r\nETag"));
          exchange.send(file);
          return true;
        });
    var outcome = fixture.outcome(Download.of(url));
    assertInstanceOf(ContentException.class, failure(outcome).cause());
    assertEquals(
        "GET " + url + ": a Content-Encoding that was not asked for: br", message(outcome));
    assertEquals(List.of(), fixture.files());
  }

  @Test
  void aPartWithoutValidatorsIsNotKept() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + file.length + "\r\n\r\n");
          exchange.send(firstHalf(file));
          exchange.hangUp();
          return true;
        });
    var outcome = fixture.outcome(Download.of(url));
    assertEquals("GET " + url + ": unexpected end of stream", message(outcome));
    assertEquals(3, failure(outcome).attempts());
    assertEquals(List.of(), fixture.files());
  }

  @Test
  void aPartThatCanBeResumedIsKept() throws IOException {
    fixture.server.serve("x.bin", CONTENT);
    fixture.breakOff("x.bin");
    assertEquals(2, fixture.files().size());
    assertEquals(
        List.of(true, true),
        fixture.files().stream().map(it -> it.startsWith(".sluice-")).toList());
  }
}
