package dev.sluice.netty;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.Phase;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One connection, and the exchange that it serves. Everything runs on the channel's event loop. */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
  /** Another protocol may follow this status, although it was not asked for. */
  private static final int SWITCHING = 101;

  /** Of a server that closes an idle connection (RFC 9110, section 15.5.9). */
  private static final int TIMED_OUT_IDLE = 408;

  /** How long a body without a reader may go on, as with OkHttp. */
  private static final int DRAIN_MILLIS = 100;

  private final QuietChannel channel;
  private final Origin origin;
  private final Addresses.Trial address;
  private final IdleConnections idle;
  private final IdleTime idleTime = new IdleTime();
  private final StrictResponses responses = new StrictResponses();

  private @Nullable Exchange exchange;
  private @Nullable HttpResponse head;
  private @Nullable ChannelFuture sent;
  private boolean isEndAnnounced;

  Connection(QuietChannel channel, Origin origin, Addresses.Trial address, IdleConnections idle) {
    super(HttpObject.class);
    this.channel = channel;
    this.origin = origin;
    this.address = address;
    this.idle = idle;
    channel.pipeline().addLast(new HttpRequestEncoder(), responses, this);
  }

  QuietChannel channel() {
    return channel;
  }

  Origin origin() {
    return origin;
  }

  IdleTime idleTime() {
    return idleTime;
  }

  /** Sends the request. Returns false, and has sent nothing, if the connection is unusable. */
  boolean begin(Exchange next) {
    if (!channel.isQuiet()) {
      channel.end();
      return false;
    }
    if (next.isCancelled()) {
      release();
      return true;
    }
    idleTime.end();
    exchange = next;
    responses.expect(next.isHead());
    next.onCancel(
        () -> {
          // At once: the next attempt may look for an address before the event loop has ended this.
          address.wasSilent();
          later(() -> abort(next));
        });
    next.begin(Phase.FIRST_BYTE);
    sent = next.send(channel);
    sent.addListener((ChannelFuture done) -> failed(done.cause()));
    return true;
  }

  /** After the event loop has ended, the connection is closed, and there is nothing to do. */
  private void later(Runnable task) {
    if (!channel.eventLoop().isShutdown()) {
      try {
        channel.eventLoop().execute(task);
      } catch (RejectedExecutionException e) {
        return; // It has ended in between.
      }
    }
  }

  private void abort(Exchange cancelled) {
    if (exchange == cancelled) {
      channel.end();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
    Exchange current = exchange;
    if (part.decoderResult().isFailure()) {
      Throwable cause = part.decoderResult().cause();
      throw new IOException("a response against the protocol: " + cause.getMessage(), cause);
    }
    if (current == null) {
      return;
    }
    if (part instanceof HttpResponse response) {
      begin(current, response);
    }
    HttpResponse now = head;
    if (part instanceof HttpContent content && now != null) {
      responses.requireContent(current.content(content.content()));
      if (part instanceof LastHttpContent) {
        finish(current, now);
      }
    }
  }

  private void begin(Exchange current, HttpResponse response) throws IOException {
    address.worked();
    int code = response.status().code();
    if (code < 200 && code != SWITCHING) {
      responses.requireContent(0);
      return;
    }
    if (code == TIMED_OUT_IDLE) {
      noteLost();
    }
    head = response;
    current.head(response, new Flow(current));
  }

  private void finish(Exchange done, HttpResponse last) throws IOException {
    if (responses.isInactive() && origin.isTls() && !isEndAnnounced) {
      throw new IOException("the connection ended without a TLS close_notify");
    }
    exchange = null;
    head = null;
    boolean isSent = sent != null && sent.isSuccess();
    boolean isLast =
        done.isLast() || !HttpUtil.isKeepAlive(last) || last.status().code() == SWITCHING;
    channel.config().setAutoRead(true);
    // First of all, so that the next call, which may begin at once, finds this connection.
    if (responses.isAtTheEnd() && !isLast && isSent && channel.isActive()) {
      release();
    } else {
      channel.end();
    }
    done.finish();
  }

  private void release() {
    idleTime.begin();
    idle.add(this);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslCloseCompletionEvent end && end.isSuccess()) {
      isEndAnnounced = true;
      channel.end();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.flush(channel.eventLoop());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failed(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    idle.remove(this);
    address.wasSilent();
    failed(new IOException("unexpected end of stream"));
  }

  private void failed(@Nullable Throwable cause) {
    if (cause == null) {
      return;
    }
    Exchange failed = exchange;
    exchange = null;
    head = null;
    channel.end();
    if (failed != null) {
      if (!failed.isCancelled() && !responses.hasBegun()) {
        noteLost();
      }
      failed.fail(cause instanceof IOException e ? e : new IOException(cause.toString(), cause));
    }
  }

  /** The server did not take the request, if the connection was used before. */
  private void noteLost() {
    if (idleTime.isUsed()) {
      idle.wasLost(this);
    }
  }

  /** What the body of one response may ask for, from any thread. */
  private final class Flow implements ResponseBytes.Connection {
    private final Exchange of;

    Flow(Exchange of) {
      this.of = of;
    }

    @Override
    public void read(BooleanSupplier isOn) {
      if (channel.eventLoop().inEventLoop()) {
        apply(isOn);
      } else {
        later(() -> apply(isOn));
      }
    }

    private void apply(BooleanSupplier isOn) {
      if (exchange == of) {
        channel.config().setAutoRead(isOn.getAsBoolean());
      }
    }

    @Override
    public void end() {
      of.cancel();
    }

    @Override
    public void endSoon() {
      later(
          () -> {
            if (exchange == of) {
              var unused = channel.eventLoop().schedule(this::end, DRAIN_MILLIS, MILLISECONDS);
            }
          });
    }
  }
}
