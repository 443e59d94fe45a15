package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;

/**
 * Writes a stream to a socket and requests the next buffer when the operating system has taken the
 * last one. Closes the socket after the last buffer. Everything happens on the event loop of the
 * channel.
 */
final class SocketWriter implements FlowableSubscriber<ByteBuf> {
  /**
   * After this many bytes the event loop serves its other sockets first, so that a client that
   * reads as fast as the server writes cannot starve the others.
   */
  private static final int SLICE_BYTES = 16 * 1024;

  private final Channel channel;
  private final Consumer<Throwable> onFailure;
  private int sliceBytes;

  @SuppressWarnings("NullAway.Init")
  private Subscription buffers;

  /**
   * @param onFailure called with the error of the stream; a failed write is not reported, because
   *     it means that the client has closed the connection
   */
  SocketWriter(Channel channel, Consumer<Throwable> onFailure) {
    this.channel = channel;
    this.onFailure = onFailure;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    buffers = subscription;
    buffers.request(1);
  }

  @Override
  public void onNext(ByteBuf buffer) {
    if (!buffer.isReadable()) {
      buffers.request(1);
      return;
    }
    sliceBytes += buffer.readableBytes();
    channel.writeAndFlush(buffer).addListener((ChannelFutureListener) this::afterWrite);
  }

  private void afterWrite(ChannelFuture write) {
    if (!write.isSuccess()) {
      buffers.cancel();
    } else if (sliceBytes < SLICE_BYTES) {
      buffers.request(1);
    } else {
      sliceBytes = 0;
      // schedule, not execute: the loop runs all executed tasks before it reads sockets again.
      Future<?> unused = channel.eventLoop().schedule(() -> buffers.request(1), 0, NANOSECONDS);
    }
  }

  @Override
  public void onError(Throwable e) {
    onFailure.accept(e);
    onComplete();
  }

  /** An empty write, because it is done after all writes before it. */
  @Override
  public void onComplete() {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}
