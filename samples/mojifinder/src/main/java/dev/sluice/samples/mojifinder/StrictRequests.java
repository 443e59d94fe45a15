package dev.sluice.samples.mojifinder;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/** Makes one connection stricter than Netty and Vert.x are, where they offer no option. */
final class StrictRequests {
  private StrictRequests() {}

  /** Must be called before the first request of the connection. */
  static void add(HttpConnection connection) {
    ChannelHandlerContext vertx = ((HttpServerConnection) connection).channelHandlerContext();
    vertx.pipeline().addFirst(new HeadLines());
    vertx.pipeline().addBefore(vertx.name(), null, new Versions());
  }

  /**
   * Netty joins folded lines, reads a CR without LF as a space, and accepts a field without a name.
   * RFC 9112 (sections 2.2 and 5) requires status 400. This handler replaces the octet after which
   * a line is wrong by NUL, which Netty refuses. It may change a body, too: the server reads none.
   */
  private static final class HeadLines extends ChannelInboundHandlerAdapter {
    private static final int NUL = 0;

    private byte before = '\n';

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof ByteBuf octets) {
        for (int i = octets.readerIndex(); i < octets.writerIndex(); i++) {
          byte octet = octets.getByte(i);
          if (before == '\n' ? isNoLineStart(octet) : before == '\r' && octet != '\n') {
            octets.setByte(i, NUL);
          }
          before = octet;
        }
      }
      context.fireChannelRead(message);
    }

    private static boolean isNoLineStart(byte octet) {
      return octet == ' ' || octet == '\t' || octet == ':';
    }
  }

  /**
   * Requests of HTTP/1.2 and later minor versions are read as HTTP/1.1 (RFC 9110, section 2.5), and
   * no response repeats a version that the server does not have.
   */
  private static final class Versions extends ChannelDuplexHandler {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request && isLaterMinor(request.protocolVersion())) {
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
      }
      context.fireChannelRead(message);
    }

    private static boolean isLaterMinor(HttpVersion version) {
      return version.protocolName().equals("HTTP")
          && version.majorVersion() == 1
          && version.minorVersion() > 1;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // It is the promise, which the caller has.
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (message instanceof HttpResponse response
          && !response.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
      }
      context.write(message, promise);
    }
  }
}
