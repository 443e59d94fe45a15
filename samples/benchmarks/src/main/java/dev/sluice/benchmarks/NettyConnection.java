package dev.sluice.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.function.Consumer;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** One connection, and the call that it serves. Everything runs on the channel's event loop. */
final class NettyConnection extends SimpleChannelInboundHandler<HttpObject> {
  private static final long MAX_BODY = 64L << 20;

  private final QuietChannel channel;
  private final Consumer<NettyConnection> whenIdle;
  private final StrictResponses responses = new StrictResponses();

  private @Nullable NettyCall call;
  private @Nullable HttpResponse head;
  private Buffer body = new Buffer();

  /**
   * A new connection.
   *
   * @param whenIdle takes the connection after a response, if another request may follow
   */
  NettyConnection(QuietChannel channel, Consumer<NettyConnection> whenIdle) {
    this.channel = channel;
    this.whenIdle = whenIdle;
    channel.pipeline().addLast(new HttpRequestEncoder(), responses, this);
  }

  QuietChannel channel() {
    return channel;
  }

  /** Sends the request. Returns false, and has sent nothing, if the connection is unusable. */
  boolean begin(NettyCall next) throws IOException {
    if (!channel.isQuiet()) {
      channel.end();
      return false;
    }
    FullHttpRequest request = NettyMessages.encoded(next.request());
    call = next;
    responses.expect(next.request().method().equals("HEAD"));
    next.onCancel(() -> channel.eventLoop().execute(() -> abort(next)));
    channel.writeAndFlush(request).addListener((ChannelFuture sent) -> failed(sent.cause()));
    return true;
  }

  private void abort(NettyCall cancelled) {
    if (call == cancelled) {
      channel.end();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
    if (part.decoderResult().isFailure()) {
      throw new IOException("a response against the protocol", part.decoderResult().cause());
    }
    if (part instanceof HttpResponse response) {
      head = response;
    }
    if (part instanceof HttpContent content && head != null && head.status().code() >= 200) {
      append(content.content());
      if (part instanceof LastHttpContent) {
        finish(head);
      }
    } else if (head != null && head.status().code() == 101) {
      throw new IOException("101 although no upgrade was asked for");
    }
  }

  private void append(ByteBuf bytes) throws IOException {
    if (body.size() + bytes.readableBytes() > MAX_BODY) {
      throw new IOException("a body longer than " + MAX_BODY + " bytes");
    }
    body.write(bytes.nioBuffer());
  }

  private void finish(HttpResponse last) {
    NettyCall done = call;
    Buffer whole = body;
    call = null;
    head = null;
    body = new Buffer();
    boolean goesOn = responses.isAtTheEnd() && HttpUtil.isKeepAlive(last) && channel.isActive();
    // First of all, so that the next call, which may begin at once, finds this connection.
    if (goesOn) {
      whenIdle.accept(this);
    } else {
      channel.end();
    }
    if (done != null) {
      done.succeed(NettyMessages.decoded(done.request(), last, whole));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failed(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    failed(new IOException("the connection ended before the response"));
  }

  private void failed(@Nullable Throwable cause) {
    if (cause == null) {
      return;
    }
    NettyCall failed = call;
    call = null;
    head = null;
    channel.end();
    if (failed != null) {
      failed.fail(cause);
    }
  }
}
