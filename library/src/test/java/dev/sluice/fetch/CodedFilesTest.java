package dev.sluice.fetch;

import static dev.sluice.fetch.DownloadFixture.LARGE;
import static dev.sluice.fetch.RangeServer.content;
import static dev.sluice.fetch.RangeServer.firstHalf;
import static dev.sluice.fetch.RangeServer.ok;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.fetch.Downloaded.Fetched;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that a server knows as coded, by their names. */
@Timeout(60)
class CodedFilesTest {
  private static final byte[] CONTENT = content(1, LARGE);

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

  private static String coded(String head, String coding) {
    return head.replace("ETag", "Content-Encoding: " + coding + "\r\nETag");
  }

  private URI serve(String name, String coding) {
    URI url = fixture.server.serve(name, CONTENT);
    fixture.server.script(
        name,
        (exchange, file) -> {
          exchange.send(coded(ok(file), coding));
          exchange.send(file);
          return true;
        });
    return url;
  }

  @ParameterizedTest
  @CsvSource({
    "x.tar.gz, x-gzip",
    "x.tgz, gzip",
    "X.TAR.GZ, GZIP",
    "x.tar.bz2, x-bzip2",
    "x.Z, x-compress",
    "x.br, br",
    "x.zst, zstd",
    "x.txz, xz"
  })
  void aFileThatIsCodedByItsNameIsSavedAsItIs(String name, String coding) throws IOException {
    URI url = serve(name, coding);
    Downloaded saved = fixture.outcome(Download.of(url)).orElseThrow();
    assertArrayEquals(CONTENT, Files.readAllBytes(saved.file().path()));
  }

  @ParameterizedTest
  @CsvSource({"x.bin, gzip", "x.gz, br", "x.gz.txt, gzip", ".gz, gzip", "xgz, gzip"})
  void anyOtherCodingIsAFailure(String name, String coding) throws IOException {
    URI url = serve(name, coding);
    var outcome = fixture.outcome(Download.of(url));
    assertEquals(
        "GET " + url + ": a Content-Encoding that was not asked for: " + coding,
        DownloadFailuresTest.message(outcome));
    assertEquals(List.of(), fixture.files());
  }

  /** A server that compresses while it sends codes the file once more. */
  @Test
  void aCodingWithoutALengthIsAFailure() throws IOException {
    URI url = fixture.server.serve("x.gz", CONTENT);
    fixture.server.script(
        "x.gz",
        (exchange, file) -> {
          String coded = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n";
          exchange.send(coded + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");
          return true;
        });
    String message = DownloadFailuresTest.message(fixture.outcome(Download.of(url)));
    assertTrue(message.endsWith("not asked for: gzip"), message);
  }

  @Test
  void isResumed() throws IOException {
    URI url = fixture.server.serve("x.tar.gz", CONTENT);
    fixture.server.script(
        "x.tar.gz",
        (exchange, file) -> {
          if (RangeServer.header(exchange, "Range") == null) {
            exchange.send(coded(ok(file), "x-gzip"));
            exchange.send(firstHalf(file));
            exchange.hangUp();
          } else {
            int from = RangeServer.firstByte(exchange);
            exchange.send(coded(RangeServer.partHead(file, from), "x-gzip"));
            exchange.send(RangeServer.rest(file, from));
          }
          return true;
        });
    Downloaded saved = fixture.outcome(Download.of(url)).orElseThrow();
    assertArrayEquals(CONTENT, Files.readAllBytes(saved.file().path()));
    assertTrue(saved instanceof Fetched fetched && fetched.resumedAt() > 0, saved::toString);
  }
}
