package dev.sluice.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Sends a request whose body is long. The channel copies what it sends into direct memory, so the
 * next piece of the body is written when the one before is sent.
 */
final class Sending implements ChannelFutureListener {
  private final Channel channel;
  private final FullHttpRequest request;
  private final int step;
  private final ChannelPromise sent;

  private Sending(Channel channel, FullHttpRequest request, int step) {
    this.channel = channel;
    this.request = request;
    this.step = step;
    this.sent = channel.newPromise();
  }

  /**
   * Sends a request; returns its end.
   *
   * @param step at most so many bytes of its body lie in direct memory
   */
  static ChannelFuture start(Channel channel, FullHttpRequest request, int step) {
    if (request.content().readableBytes() <= step) {
      return channel.writeAndFlush(request);
    }
    Sending sending = new Sending(channel, request, step);
    channel
        .writeAndFlush(
            new DefaultHttpRequest(
                request.protocolVersion(), request.method(), request.uri(), request.headers()))
        .addListener(sending);
    return sending.sent;
  }

  @Override
  public void operationComplete(ChannelFuture piece) {
    if (!piece.isSuccess()) {
      sent.setFailure(piece.cause());
    } else if (request.content().isReadable()) {
      int count = Math.min(step, request.content().readableBytes());
      channel
          .writeAndFlush(new DefaultHttpContent(request.content().readRetainedSlice(count)))
          .addListener(this);
    } else {
      var unused = channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, sent);
    }
  }
}
