package dev.sluice.http;

import static dev.sluice.Answers.answer;
import static dev.sluice.Answers.bytes;
import static dev.sluice.Answers.gzip;
import static dev.sluice.Answers.head;
import static dev.sluice.Answers.join;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Policy;
import dev.sluice.RawServer;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.time.Duration;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.GET;
import retrofit2.http.Header;

/** Where a body ends; a body whose end is not certain is a failure (RFC 9112, section 6.3). */
class FramingTest {
  interface Pages {
    @GET("x")
    Maybe<ResponseBody> page();

    @GET("x")
    Maybe<ResponseBody> delta(@Header("A-IM") String manipulation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhello\r\n0\r\n\r\n",
        "5\nhello\n0\n\n",
        "5 \r\nhello\r\n0\r\n\r\n",
        "5;a=b\r\nhello\r\n0;c\r\n\r\n",
        "0000000000000000000000005\r\nhello\r\n000\r\n\r\n",
        "2\r\nhe\r\n3\r\nllo\r\n0\r\nX-Sum: 7\r\nno colon\r\n\r\n",
        "5\r\nhello\r\n0\r\nContent-Length: 1\r\nTransfer-Encoding: x\r\n\r\n",
      })
  void chunksAreTheBody(String chunks) {
    assertEquals("hello", said(join(head("200 OK", "Transfer-Encoding: chunked"), bytes(chunks))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhello, world\r\n0\r\n\r\n",
        "5\r\nhello0\r\n\r\n",
        "5\r\nhello\r0\r\n\r\n",
        "5\r\nhello \r\n0\r\n\r\n",
        "\r\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n",
        "5 6\r\nhello\r\n0\r\n\r\n",
        "ffffffffffffffff\r\nhello\r\n0\r\n\r\n",
        "7fffffffffffffff\r\nhello\r\n0\r\n\r\n",
        "10000000000000005\r\nhello\r\n0\r\n\r\n",
        "5\r\nhel",
        "5\r\nhello",
        "5\r\nhello\r\n",
        "5\r\nhello\r\n0",
        "5\r\nhello\r\n0\r\n",
        "5\r\nhello\r\n0\r\nX-Sum: 7\r\n",
      })
  void anInvalidChunkIsAFailure(String chunks) {
    assertFailed(join(head("200 OK", "Transfer-Encoding: chunked"), bytes(chunks)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: +5",
        "Content-Length: 5, 5",
        "Content-Length: 5, 6",
        "Content-Length: 0x5",
        "Content-Length: 5;",
        "Content-Length: \"5\"",
        "Content-Length: 5\rX: y",
        "Content-Length: 5\r\n 0",
        "Content-Length : 5",
        " Content-Length: 5",
        "Content-Length\t: 5",
        "Transfer-Encoding : chunked",
        " Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\n , gzip",
        "Content-Encoding : gzip",
        "Content-Length: 5\r\nContent-Length: 05",
        "Content-Length: 5\r\nContent-Length : 6",
      })
  void anUnclearLengthIsAFailure(String header) {
    assertFailed(join(head("200 OK", header), bytes("5\r\nhello\r\n0\r\n\r\n")));
  }

  @Test
  void continuedHeaderLinesAreJoined() {
    byte[] chunks = bytes("5\r\nhello\r\n0\r\n\r\n");
    assertEquals("5\r\nhe", said(join(head("200 OK", "Content-Length:\r\n 5"), chunks)));
    assertEquals("5\r\nhe", said(join(head("200 OK", "Content-Length:\n\t\t5"), chunks)));
    assertEquals("hello", said(join(head("200 OK", "Transfer-Encoding:\r\n chunked"), chunks)));
    assertEquals("end", said(join(head("200 OK", "X: y\r\n Content-Length: 5"), bytes("end"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, br", "zstd", "compress", "aes128gcm"})
  void aCodingThatWasNotAskedForIsAFailure(String coding) {
    assertFailed(answer("200 OK", bytes("hello"), "Content-Encoding: " + coding));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, gzip", "gzip\r\nContent-Encoding: x-gzip", "GZip, identity,gzip"})
  void aBodyThatIsCompressedTwiceIsDecodedTwice(String codings) throws IOException {
    byte[] twice = gzip(gzip(bytes("hello")));
    assertEquals("hello", said(answer("200 OK", twice, "Content-Encoding: " + codings)));
    assertFailed(answer("200 OK", twice, "Content-Encoding: gzip, gzip, gzip"));
    String six = "gzip, ".repeat(5) + "gzip";
    assertFailed(answer("200 OK", twice, "Content-Encoding: " + six));
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "", "Identity", ","})
  void identityIsNoCoding(String coding) {
    assertEquals("hello", said(answer("200 OK", bytes("hello"), "Content-Encoding: " + coding)));
  }

  @Test
  void aPartThatNobodyAskedForIsAFailure() {
    assertFailed(answer("206 Partial Content", bytes("hello"), "Content-Range: bytes 0-4/5"));
    assertFailed(
        answer(
            "206 Partial Content",
            bytes("hello"),
            "Content-Type: multipart/byteranges; boundary=x"));
    assertFailed(answer("206 Partial Content", bytes("hello")));
    assertFailed(answer("226 IM Used", bytes("hello"), "IM: vcdiff"));
  }

  @Test
  void aDeltaThatWasAskedForIsTheBody() {
    try (RawServer server = RawServer.saying(answer("226 IM Used", bytes("hello"), "IM: feed"));
        HttpClient client = client(server)) {
      client
          .api(Pages.class)
          .delta("feed")
          .map(ResponseBody::string)
          .test()
          .awaitDone(10, SECONDS)
          .assertResult("hello");
    }
  }

  @Test
  void severalLocationsAreNotFollowed() {
    assertFailed(join(head("302 Found", "Location: /a", "Location: /b", "Content-Length: 0")));
  }

  private static void assertFailed(byte[] response) {
    String said = said(response);
    assertTrue(said.startsWith("GET http://SERVER/x: "), said);
  }

  private static String said(byte[] response) {
    try (RawServer server =
            RawServer.answering(
                exchange -> {
                  exchange.send(response);
                  exchange.hangUp();
                });
        HttpClient client = client(server)) {
      return client
          .api(Pages.class)
          .page()
          .map(ResponseBody::string)
          .onErrorReturn(e -> String.valueOf(e.getMessage()).replace(server.authority(), "SERVER"))
          .defaultIfEmpty("not found")
          .test()
          .awaitDone(10, SECONDS)
          .values()
          .get(0);
    }
  }

  private static HttpClient client(RawServer server) {
    return HttpClient.at(
        server.base(),
        Policy.limit(1).withAttemptTimeout(Duration.ofSeconds(5)),
        HttpOptions.standard());
  }
}
