package dev.sluice.flags;

import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.head;
import static dev.sluice.Answers.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Answers;
import dev.sluice.RawServer;
import dev.sluice.http.CallException;
import dev.sluice.http.ContentException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are cut off, or have another length than the head says. */
class BrokenBodyTest {
  private static final byte[] GIF = Gifs.ofAtLeast(20_000);
  private static final byte[] HALF = Arrays.copyOf(GIF, GIF.length / 2);

  @TempDir Path folder;

  @Test
  void aWholeBodyIsSaved() {
    assertEquals(
        GIF.length, download(exchange -> exchange.send(ok("image/gif", GIF))).saved().bytes());
  }

  @Test
  void halfABodyWithALengthIsAFailure() {
    assertEquals(
        "GET http://SERVER/br/br.gif: unexpected end of stream",
        said("Content-Length: " + GIF.length, HALF));
  }

  @Test
  void aChunkedBodyWithoutItsLastChunkIsAFailure() {
    byte[] chunk = Answers.join(bytes("2710\r\n"), Arrays.copyOf(GIF, 0x2710), bytes("\r\n"));
    assertEquals(
        "GET http://SERVER/br/br.gif: unexpected end of stream",
        said("Transfer-Encoding: chunked", chunk));
  }

  @Test
  void anInvalidChunkIsAFailure() {
    assertTrue(said("Transfer-Encoding: chunked", bytes("zebra\r\n")).contains("0x7a"));
    said("Transfer-Encoding: chunked", bytes("-5\r\nabcde\r\n0\r\n\r\n"));
    said("Transfer-Encoding: chunked", bytes("fffffffffffffffff\r\nabcde\r\n0\r\n\r\n"));
  }

  @Test
  void aGifThatIsCutOffWithTheConnectionIsAFailure() {
    OneFlag flag = download(lastly(head("200 OK", "Content-Type: image/gif"), HALF));
    assertEquals(
        "GET http://SERVER/br/br.gif: a GIF that is cut off after " + HALF.length + " bytes",
        flag.said());
    assertEquals(ContentException.class, flag.cause().getClass());
  }

  @Test
  void aWholeGifThatEndsWithTheConnectionIsSaved() {
    OneFlag flag = download(lastly(head("200 OK", "Content-Type: image/gif"), GIF));
    assertEquals(GIF.length, flag.saved().bytes());
  }

  @Test
  void aLengthThatIsTooLongIsAFailure() {
    said("Content-Length: " + (GIF.length + 1), GIF);
  }

  @Test
  void aLengthThatIsTooShortIsAFailure() {
    assertEquals(
        "GET http://SERVER/br/br.gif: a GIF that is cut off after 1000 bytes",
        said("Content-Length: 1000", GIF));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -1",
        "Content-Length: -5",
        "Content-Length: many",
        "Content-Length: 1e3",
        "Content-Length: 99999999999999999999",
        "Content-Length: ",
      })
  void aLengthThatIsNoNumberIsAFailure(String length) {
    assertTrue(said(length, GIF).contains("Content-Length"));
  }

  @Test
  void twoDifferentLengthsAreAFailure() {
    int length = GIF.length;
    assertTrue(
        said("Content-Length: 10\r\nContent-Length: " + length, GIF).contains("Content-Length"));
    assertTrue(said("Content-Length: 10, " + length, GIF).contains("Content-Length"));
  }

  @Test
  void theSameLengthTwiceIsOne() {
    String twice = "Content-Length: %1$d\r\nContent-Length: %1$d".formatted(GIF.length);
    assertEquals(GIF.length, download(lastly(head("200 OK", twice), GIF)).saved().bytes());
  }

  @Test
  void aHugeLengthIsRefusedBeforeTheBodyComes() {
    OneFlag flag =
        download(
            exchange -> {
              exchange.send(head("200 OK", "Content-Length: 900000000000000000"));
              exchange.untilTheClientLeaves();
            });
    assertEquals("GET http://SERVER/br/br.gif: a body longer than 16777216 bytes", flag.said());
  }

  @Test
  void aResetInTheMiddleOfTheBodyIsAFailure() {
    OneFlag flag =
        download(
            exchange -> {
              exchange.send(head("200 OK", "Content-Length: " + GIF.length));
              exchange.send(HALF);
              exchange.reset();
            });
    assertEquals(CallException.class, flag.cause().getClass());
    flag.said();
  }

  @Test
  void htmlForAGifIsAFailure() {
    OneFlag flag = download(exchange -> exchange.send(ok("text/html", bytes("<html></html>"))));
    assertEquals("GET http://SERVER/br/br.gif: not a GIF, but 13 bytes of text/html", flag.said());
  }

  @Test
  void anEmptyBodyIsAFailure() {
    assertEquals(
        "GET http://SERVER/br/br.gif: not a GIF, but 0 bytes of no type",
        said("Content-Length: 0", new byte[0]));
    said("Transfer-Encoding: chunked", bytes("0\r\n\r\n"));
    said("Connection: close", new byte[0]);
  }

  @Test
  void chunkedTogetherWithALengthIsAFailure() {
    byte[] chunks = bytes("5\r\nabcde\r\n0\r\n\r\n");
    String both = "a Transfer-Encoding together with a Content-Length";
    assertTrue(said("Transfer-Encoding: chunked\r\nContent-Length: 5", chunks).endsWith(both));
    assertTrue(said("Content-Length: 15\r\nTransfer-Encoding: Chunked", chunks).endsWith(both));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip, chunked",
        "chunked, chunked",
        "chunked\r\nTransfer-Encoding: chunked",
        "xchunked",
        "gzip"
      })
  void aTransferEncodingThatIsNotChunkedIsAFailure(String coding) {
    String said = said("Transfer-Encoding: " + coding, GIF);
    assertTrue(said.contains("a Transfer-Encoding that is not chunked"), said);
  }

  private String said(String header, byte[] body) {
    return download(lastly(head("200 OK", header), body)).said();
  }

  private OneFlag download(RawServer.Script script) {
    return OneFlag.download(folder, script);
  }

  private static RawServer.Script lastly(byte[] head, byte[] body) {
    return exchange -> {
      exchange.send(head);
      exchange.send(body);
      exchange.hangUp();
    };
  }
}
