package dev.sluice.samples.mojifinder;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Puts a head and its body into one buffer, so that they leave by one plain write, and the fields
 * that keep a browser out of trouble into every head, whoever answers.
 */
final class ResponseHeaders extends HttpResponseEncoder {
  /** Encoded once: this server does little else than to write heads. */
  private static final byte[] ALWAYS =
      lines(
          "vary: accept-encoding",
          "x-content-type-options: nosniff",
          "cross-origin-resource-policy: same-origin");

  private static final byte[] ON_A_PAGE =
      lines(
          "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';"
              + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
              + " frame-ancestors 'none'",
          "x-frame-options: DENY",
          "referrer-policy: no-referrer",
          "cross-origin-opener-policy: same-origin",
          "permissions-policy: camera=(), geolocation=(), microphone=()");

  /** Should somebody look at it in a browser. */
  private static final byte[] ON_ANYTHING_ELSE =
      lines("content-security-policy: default-src 'none'; frame-ancestors 'none'");

  /** Enough for every head of ours; a longer one makes room for itself. */
  private static final int HEAD_BYTES = 600;

  /** A body beyond is not worth copying. */
  private static final int LARGE_BODY_BYTES = 16 * 1024;

  /** From now on this connection's answers are encoded here. */
  static void encode(HttpConnection connection) {
    ((HttpServerConnection) connection)
        .channelHandlerContext()
        .pipeline()
        .replace("httpEncoder", "httpEncoder", new ResponseHeaders());
  }

  @Override
  protected void encodeInitialLine(ByteBuf head, HttpResponse response) throws Exception {
    int body = response instanceof HttpContent content ? content.content().readableBytes() : 0;
    head.ensureWritable(HEAD_BYTES + (body > LARGE_BODY_BYTES ? 0 : body));
    super.encodeInitialLine(head, response);
  }

  @Override
  protected void encodeHeaders(HttpHeaders fields, ByteBuf head) {
    head.writeBytes(ALWAYS);
    head.writeBytes(isPage(fields) ? ON_A_PAGE : ON_ANYTHING_ELSE);
    super.encodeHeaders(fields, head);
  }

  private static boolean isPage(HttpHeaders fields) {
    return StaticContent.HTML.equals(fields.get(HttpHeaderNames.CONTENT_TYPE));
  }

  private static byte[] lines(String... fields) {
    return (String.join("\r\n", fields) + "\r\n").getBytes(US_ASCII);
  }
}
