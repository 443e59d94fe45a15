package dev.sluice.samples.mojifinder;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.reactivex.rxjava3.core.Flowable;
import java.nio.ByteBuffer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The bytes that a client sends, as a {@code Flowable} for one subscriber. It completes when the
 * client has closed its sending side; the socket stays open, so that answers can still be sent.
 *
 * <p>Backpressure: one read of the socket for each requested item. The channel must have {@code
 * AUTO_READ} switched off.
 *
 * <p>Scheduler: emits on the event loop of the channel; {@code request} must be called there.
 */
final class SocketInput extends Flowable<ByteBuffer> {
  private final Channel channel;

  private SocketInput(Channel channel) {
    this.channel = channel;
  }

  static Flowable<ByteBuffer> of(Channel channel) {
    return new SocketInput(channel);
  }

  @Override
  protected void subscribeActual(Subscriber<? super ByteBuffer> subscriber) {
    Reader reader = new Reader(subscriber);
    channel.pipeline().addLast(reader);
    subscriber.onSubscribe(reader);
  }

  /** Reads the socket while items are requested. */
  private final class Reader extends SimpleChannelInboundHandler<ByteBuf> implements Subscription {
    private final Subscriber<? super ByteBuffer> subscriber;
    private long requested;
    private boolean done;

    Reader(Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long items) {
      boolean idle = requested == 0;
      requested = requested + items < 0 ? Long.MAX_VALUE : requested + items;
      if (idle && !done) {
        channel.read();
      }
    }

    @Override
    public void cancel() {
      done = true;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      if (!done) {
        ByteBuffer copy = ByteBuffer.allocate(bytes.readableBytes());
        bytes.readBytes(copy);
        requested--;
        subscriber.onNext(copy.flip());
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      if (requested > 0 && !done) {
        channel.read();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        complete();
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      complete();
      context.fireChannelInactive();
    }

    private void complete() {
      if (!done) {
        done = true;
        subscriber.onComplete();
      }
    }
  }
}
