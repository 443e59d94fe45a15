package dev.sluice.fetch;

import static dev.sluice.fetch.DownloadFixture.LARGE;
import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.etag;
import static dev.sluice.fetch.RangeServer.firstHalf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Exchange;
import dev.sluice.disk.FileName;
import dev.sluice.disk.PartialFile;
import dev.sluice.disk.PartialFiles;
import dev.sluice.fetch.Downloaded.Fetched;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a response with the rest of a file says of the whole of it, and what it leaves out. */
@Timeout(60)
class RestOfFileTest {
  private static final byte[] CONTENT = content(1, LARGE);
  private static final int HALF = LARGE / 2;
  private static final int THREE_QUARTERS = LARGE / 4 * 3;

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

  private static boolean isResumed(Exchange exchange) {
    return RangeServer.header(exchange, "Range") != null;
  }

  private void sendRest(Exchange exchange, int to) throws IOException {
    exchange.send(
        "HTTP/1.1 206 Partial Content\r\nETag: "
            + etag(CONTENT)
            + "\r\nContent-Range: bytes "
            + HALF
            + "-"
            + (to - 1)
            + "/*\r\nContent-Length: "
            + (to - HALF)
            + "\r\n\r\n");
    exchange.send(Arrays.copyOfRange(CONTENT, HALF, to));
  }

  /** A server may send less than was asked for (RFC 9110, section 15.3.7). */
  @Test
  void withoutAnyLengthOfTheWholeItMayBeAPart() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    int[] requests = {0};
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          if (isResumed(exchange)) {
            sendRest(exchange, THREE_QUARTERS);
            return true;
          }
          if (requests[0]++ > 0) {
            return false;
          }
          String head = "HTTP/1.1 200 OK\r\nETag: " + etag(file) + "\r\n";
          exchange.send(head + "Transfer-Encoding: chunked\r\n\r\n");
          exchange.send(Integer.toHexString(HALF) + "\r\n");
          exchange.send(firstHalf(file));
          exchange.hangUp();
          return true;
        });
    Downloaded saved = fixture.download(url);
    assertEquals(LARGE, saved.file().bytes());
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
  }

  @Test
  void aRestThatEndsBehindTheFileIsNone() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          if (isResumed(exchange)) {
            exchange.send(
                "HTTP/1.1 206 Partial Content\r\nETag: "
                    + etag(file)
                    + "\r\nContent-Range: bytes "
                    + HALF
                    + "-"
                    + LARGE
                    + "/*\r\nContent-Length: "
                    + (HALF + 1)
                    + "\r\n\r\n");
            exchange.send(RangeServer.rest(file, HALF));
            exchange.send("x");
            return true;
          }
          return false;
        });
    breakOff(url);
    Downloaded saved = fixture.download(url);
    assertEquals(LARGE, saved.file().bytes());
    assertArrayEquals(CONTENT, fixture.content("x.bin"));
  }

  /** A first run that leaves half of the file, which is known to be so long. */
  private void breakOff(URI url) throws IOException {
    Validators validators = new Validators(etag(CONTENT), "", false);
    try (PartialFile part =
        PartialFiles.in(fixture.folder).open("name x.bin", FileName.of("x.bin"))) {
      part.begin(new PartRecord(url.toString(), validators, LARGE).json());
      part.append(ByteBuffer.wrap(firstHalf(CONTENT)));
    }
  }

  @Test
  void theLargestFileIsOneOfAllItsParts() throws IOException {
    URI url = fixture.server.serve("x.bin", CONTENT);
    fixture.server.script(
        "x.bin",
        (exchange, file) -> {
          boolean isRest = isResumed(exchange);
          if (isRest) {
            sendRest(exchange, LARGE);
          }
          return isRest;
        });
    breakOff(url);
    var outcome = fixture.outcome(Download.of(url), it -> it.withLargestFile(THREE_QUARTERS));
    String message = DownloadFailuresTest.message(outcome);
    assertTrue(message.endsWith("a body longer than " + THREE_QUARTERS + " bytes"), message);
  }

  /** RFC 9110, section 15.3.7: the rest comes without the fields that the first response had. */
  @Test
  void theFirstResponseNamesTheFileAndItsTime() throws IOException {
    Instant modified = Instant.parse("2020-02-03T04:05:06Z");
    URI url = fixture.server.serve("get.php", CONTENT);
    String more =
        "Content-Disposition: attachment; filename=report.pdf\r\n"
            + "Last-Modified: Mon, 03 Feb 2020 04:05:06 GMT\r\nETag";
    fixture.server.script(
        "get.php",
        (exchange, file) -> {
          exchange.send(RangeServer.ok(file).replace("ETag", more));
          exchange.send(firstHalf(file));
          exchange.hangUp();
          return true;
        });
    FileNaming byServer = FileNaming.fromContentDisposition();
    DownloadFixture.outcome(
        Downloads.into(fixture.folder, fixture.once).withNaming(byServer), Download.of(url));
    fixture.server.script("get.php", (exchange, file) -> false);

    var outcome = fixture.outcome(Download.of(url), it -> it.withNaming(byServer));
    Fetched saved = assertInstanceOf(Fetched.class, outcome.orElseThrow());

    assertEquals(206, saved.status());
    assertEquals(List.of(DownloadFixture.RECORDS, "report.pdf"), fixture.files());
    assertEquals(modified, Files.getLastModifiedTime(saved.file().path()).toInstant());
  }

  /** A server that ignores If-Range, or has no byte left: the file is asked for once more. */
  @ParameterizedTest
  @ValueSource(ints = {206, 416})
  void anotherVersionHasItsOwnName(int status) throws IOException {
    URI url = fixture.server.serve("get.php", CONTENT);
    byte[] other = content(2, LARGE);
    fixture.server.script("get.php", (exchange, file) -> named(exchange, file, "old.zip", true));
    FileNaming byServer = FileNaming.fromContentDisposition();
    DownloadFixture.outcome(
        Downloads.into(fixture.folder, fixture.once).withNaming(byServer), Download.of(url));
    fixture.server.script(
        "get.php",
        (exchange, file) -> {
          if (!isResumed(exchange)) {
            return named(exchange, other, "new.zip", false);
          }
          if (status == 206) {
            exchange.send(RangeServer.partHead(other, HALF));
            exchange.send(RangeServer.rest(other, HALF));
          } else {
            String none = "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n";
            exchange.send(none + "Content-Range: bytes */10\r\n\r\n");
          }
          return true;
        });
    var outcome = fixture.outcome(Download.of(url), it -> it.withNaming(byServer));
    Path saved = outcome.orElseThrow().file().path();
    assertEquals("new.zip", String.valueOf(saved.getFileName()));
    assertArrayEquals(other, Files.readAllBytes(saved));
  }

  private static boolean named(Exchange exchange, byte[] file, String name, boolean isCut)
      throws IOException {
    String disposition = "Content-Disposition: attachment; filename=" + name + "\r\nETag";
    exchange.send(RangeServer.ok(file).replace("ETag", disposition));
    exchange.send(isCut ? firstHalf(file) : file);
    if (isCut) {
      exchange.hangUp();
    }
    return true;
  }
}
