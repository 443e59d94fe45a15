package dev.sluice.benchmarks;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * Netty's parser, where it is too lenient: bytes without a request close the connection, and a
 * response whose end is not clear (RFC 9112, section 6.3) is refused.
 */
final class StrictResponses extends HttpResponseDecoder {
  private static final int MAX_HEAD = 256 << 10;

  private boolean awaited;
  private boolean withoutBody;

  StrictResponses() {
    super(
        new HttpDecoderConfig()
            .setMaxHeaderSize(MAX_HEAD)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true));
  }

  /** Before a request is sent. */
  void expect(boolean head) {
    awaited = true;
    withoutBody = head;
  }

  /** After the last byte of a response. Returns false if more bytes have arrived. */
  boolean isAtTheEnd() {
    awaited = false;
    return actualReadableBytes() == 0;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // Closing has no result.
  public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
    if (awaited) {
      super.channelRead(context, bytes);
    } else {
      ReferenceCountUtil.release(bytes);
      context.close();
    }
  }

  @Override
  protected HttpMessage createMessage(String[] statusLine) {
    int code = statusLine[1].length() == 3 ? Integer.parseInt(statusLine[1]) : 0;
    HttpResponse response = (HttpResponse) super.createMessage(statusLine);
    HttpVersion version = response.protocolVersion();
    if (version.majorVersion() != 1 || code < 100) {
      throw new IllegalArgumentException(
          "no status line of HTTP/1: " + String.join(" ", statusLine));
    }
    return response;
  }

  /** Netty drops blanks behind the name (RFC 9112, section 5.1). */
  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (line[start + length] != ':') {
      throw new IllegalArgumentException("a blank behind the name of a header");
    }
    return super.splitHeaderName(line, start, length);
  }

  /** The last look at the head before the parser looks for the body. */
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage head) {
    List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty()
        && !(codings.size() == 1 && "chunked".equalsIgnoreCase(codings.get(0)))) {
      throw new IllegalArgumentException("a Transfer-Encoding that is not chunked: " + codings);
    }
    return withoutBody || super.isContentAlwaysEmpty(head);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage head) {
    throw new IllegalArgumentException("a Transfer-Encoding together with a Content-Length");
  }
}
