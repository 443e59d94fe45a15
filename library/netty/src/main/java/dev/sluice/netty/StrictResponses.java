package dev.sluice.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.TerminalText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.List;

/**
 * Netty's parser, where it is too lenient: bytes without a request close the connection, and a
 * response whose end is not clear (RFC 9112, section 6.3) is refused.
 */
final class StrictResponses extends HttpResponseDecoder {
  /** How a response begins (RFC 9112, section 4); a 0 stands for any digit. */
  private static final String STATUS_LINE = "HTTP/1.0 000";

  private static final int MOST_SAID = 60;
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

  /** Whether the next bytes are the start of a response. */
  private boolean isAtStart = true;

  /** Whether another response to the same request follows the one that is being read. */
  private boolean isInformational;

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
    isAtStart = true;
    isInformational = false;
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

  /** Netty skips blanks and empty lines, and takes a name in lower case. */
  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out)
      throws Exception {
    if (isAtStart && !isStatusLine(bytes)) {
      HttpMessage refused = createInvalidMessage();
      refused.setDecoderResult(DecoderResult.failure(noStatusLine(said(bytes))));
      out.add(refused);
      bytes.skipBytes(bytes.readableBytes());
    } else if (!isAtStart || bytes.readableBytes() >= STATUS_LINE.length()) {
      isAtStart = false;
      super.decode(context, bytes, out);
      boolean isOver = !out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent;
      // Not before all lines of its head are there, which may come in several reads.
      isAtStart = isInformational && isOver;
    }
  }

  /** Whether it is, as far as it has come. */
  private static boolean isStatusLine(ByteBuf bytes) {
    int length = Math.min(STATUS_LINE.length(), bytes.readableBytes());
    for (int i = 0; i < length; i++) {
      char expected = STATUS_LINE.charAt(i);
      int octet = bytes.getByte(bytes.readerIndex() + i);
      if (expected == '0' ? octet < '0' || octet > '9' : octet != expected) {
        return false;
      }
    }
    return true;
  }

  private static String said(ByteBuf bytes) {
    int length = Math.min(MOST_SAID, bytes.readableBytes());
    return bytes.toString(bytes.readerIndex(), length, ISO_8859_1);
  }

  private static IllegalArgumentException noStatusLine(String said) {
    return new IllegalArgumentException("no status line of HTTP/1: " + TerminalText.quoted(said));
  }

  @Override
  protected HttpMessage createMessage(String[] statusLine) {
    int code = statusLine[1].length() == 3 ? Integer.parseInt(statusLine[1]) : 0;
    HttpResponse response = (HttpResponse) super.createMessage(statusLine);
    if (code < 100) {
      throw noStatusLine(String.join(" ", statusLine));
    }
    isInformational = code < 200;
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
