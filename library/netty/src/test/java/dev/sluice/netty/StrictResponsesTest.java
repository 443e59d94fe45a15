package dev.sluice.netty;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response whose start or end is not clear is refused. */
@Timeout(30)
class StrictResponsesTest {
  private final StrictResponses responses = new StrictResponses();
  private final EmbeddedChannel channel = new EmbeddedChannel(responses);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\nbody\r\n0\r\n\r\n"
      })
  void takesAResponse(String response) {
    assertTrue(isWhole(response));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 mail.example.org ESMTP\r\n\r\n",
        "HTTP/2.0 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "http/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "Http/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        " HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1  200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1\t200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 100 Continue\r\n\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 20 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 099 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 8\r\n\r\nbodybody",
        "HTTP/1.1 200 OK\r\nContent-Length: 4, 8\r\n\r\nbodybody",
        "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Length: +4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Length : 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\nX: y\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x4\r\nbody\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-4\r\nbody\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbodyX0\r\n\r\n"
      })
  void refusesWhatIsUnclear(String response) {
    assertFalse(isWhole(response));
  }

  @Test
  void takesAResponseThatComesByteByByte() {
    responses.expect(false);
    for (char c : "HTTP/1.1 204 No Content\r\n\r\n".toCharArray()) {
      channel.writeInbound(Unpooled.copiedBuffer(new byte[] {(byte) c}));
    }
    assertTrue(isWhole(""));
  }

  @Test
  void takesAnInterimResponseThatComesInTwoReads() {
    String response =
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n";
    for (int i = 1; i < response.length(); i++) {
      boolean isWholeBefore = isWhole(response.substring(0, i));
      ByteBuf rest = Unpooled.copiedBuffer(response.substring(i), StandardCharsets.ISO_8859_1);
      channel.writeInbound(rest);
      assertTrue(isWhole("") || isWholeBefore, response.substring(0, i));
      assertTrue(channel.isOpen());
    }
  }

  @Test
  void closesAfterBytesThatNoRequestAskedFor() {
    channel.writeInbound(Unpooled.copiedBuffer("\r\n", StandardCharsets.ISO_8859_1));
    assertNull(channel.readInbound());
    assertFalse(channel.isOpen());
  }

  @Test
  void knowsOfBytesBehindAResponse() {
    assertTrue(isWhole("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"));
    assertTrue(responses.isAtTheEnd());
    isWhole("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyHTTP/1.1 2");
    assertFalse(responses.isAtTheEnd());
  }

  private boolean isWhole(String response) {
    if (!response.isEmpty()) {
      responses.expect(false);
    }
    channel.writeInbound(Unpooled.copiedBuffer(response, StandardCharsets.ISO_8859_1));
    boolean isWhole = false;
    HttpObject part = channel.readInbound();
    while (part != null && part.decoderResult().isSuccess()) {
      isWhole |= part instanceof LastHttpContent;
      ReferenceCountUtil.release(part);
      part = channel.readInbound();
    }
    return isWhole && part == null;
  }
}
