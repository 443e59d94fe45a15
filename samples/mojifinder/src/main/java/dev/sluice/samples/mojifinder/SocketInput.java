package dev.sluice.samples.mojifinder;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.vertx.core.internal.net.NetSocketInternal;

/**
 * The end of what a client sends, as a piece without bytes: so it comes in its turn, behind all
 * that was sent before, and everything is answered before the socket is closed.
 */
@Sharable
final class SocketInput extends ChannelInboundHandlerAdapter {
  private static final SocketInput ALL = new SocketInput();

  private SocketInput() {}

  /** By itself Netty closes a socket as soon as nothing more can come. */
  static void stayOpen(NetSocketInternal socket) {
    ChannelHandlerContext context = socket.channelHandlerContext();
    context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    context.pipeline().addBefore(context.name(), null, ALL);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      context.fireChannelRead(Unpooled.EMPTY_BUFFER);
      context.fireChannelReadComplete();
    } else {
      context.fireUserEventTriggered(event);
    }
  }
}
