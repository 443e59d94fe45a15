package dev.sluice.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.List;

/**
 * Netty's parser, where it is too lenient: bytes without a request close the connection, and a
 * response whose end is not clear (RFC 9112, section 6.3) is refused.
 */
final class StrictResponses extends HttpResponseDecoder {
  private static final int MAX_HEAD = 256 << 10;

  /** Small files come in one read, and long ones in few. */
  private static final int MAX_CONTENT = 256 << 10;

  /** For heads, and for the frames of chunks; a body with more framing than this is refused. */
  private static final long FRAMING = 1 << 20;

  private static final long FRAMING_FACTOR = 16;

  private boolean awaited;
  private boolean inactive;
  private long received;
  private boolean withoutBody;

  StrictResponses() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_HEAD)
            .setMaxHeaderSize(MAX_HEAD)
            .setAllowDuplicateContentLengths(true)
            .setMaxChunkSize(MAX_CONTENT)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true));
  }

  /** Before a request is sent. */
  void expect(boolean head) {
    awaited = true;
    withoutBody = head;
    received = 0;
  }

  /** Whether the connection has ended. */
  boolean isInactive() {
    return inactive;
  }

  /** Whether a byte has come since the request was sent. */
  boolean hasBegun() {
    return received > 0;
  }

  /** Fails if the response has much more framing than content. */
  void requireContent(long content) throws IOException {
    if (received > FRAMING + FRAMING_FACTOR * content) {
      throw new IOException(received + " bytes in answer to one request, most of them framing");
    }
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
      received += ((ByteBuf) bytes).readableBytes();
      super.channelRead(context, bytes);
    } else {
      ReferenceCountUtil.release(bytes);
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    inactive = true;
    super.channelInactive(context);
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
