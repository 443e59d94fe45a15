package dev.sluice.netty;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sluice.Phase;
import dev.sluice.Policy;
import dev.sluice.Timings;
import dev.sluice.http.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** One request and its response. */
final class Exchange {
  /** A response that is whole within so many bytes comes whole: its connection is free by then. */
  private static final int EARLY = 64 << 10;

  private final Request request;
  private final FullHttpRequest encoded;
  private final Transport.Prefetch prefetch;
  private final Transport.Receiver receiver;
  private final Supplier<BufferSizes> sizes;
  private final Consumer<Exchange> ended;
  private final @Nullable Timings timings;

  /** Made on the event loop of the connection; a cancellation discards what lies in it. */
  private volatile @Nullable ResponseBytes body;

  // Used on the event loop of the connection.
  private @Nullable Response response;
  private long received;

  /** The receiver gets the response when more bytes than these have no reader. */
  private long unread;

  /** Whether the receiver gets the response as soon as no more bytes are at hand. */
  private boolean isEarly;

  /** Whether the receiver gets the response when its time is over. */
  private boolean isTimed;

  // Guarded by this.
  private boolean told;
  private boolean cancelled;
  private Runnable abort = () -> {};

  /**
   * An exchange that has not begun.
   *
   * @param sizes asked on the event loop
   * @param ended gets this exchange after the last byte, or the failure; maybe more than once
   */
  Exchange(
      Request request,
      Transport.Prefetch prefetch,
      Transport.Receiver receiver,
      Supplier<BufferSizes> sizes,
      Consumer<Exchange> ended)
      throws IOException {
    this.request = request;
    this.encoded = Messages.encoded(request);
    this.prefetch = prefetch;
    this.receiver = receiver;
    this.sizes = sizes;
    this.ended = ended;
    this.timings = request.tag(Timings.class);
  }

  HttpUrl url() {
    return request.url();
  }

  Origin origin() {
    return Origin.of(url());
  }

  boolean isHead() {
    return request.method().equals("HEAD");
  }

  /** Whether the request is the last one on its connection (RFC 9112, section 9.6). */
  boolean isLast() {
    return !HttpUtil.isKeepAlive(encoded);
  }

  /** Sends the request; returns the end of it. */
  ChannelFuture send(Channel channel) {
    return Sending.start(channel, encoded, sizes.get().step());
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  void begin(Phase phase) {
    if (timings != null) {
      timings.begin(phase);
    }
  }

  void end(Phase phase) {
    if (timings != null) {
      timings.end(phase);
    }
  }

  /** What ends the work on this exchange; replaces the one before. */
  void onCancel(Runnable way) {
    boolean isLate;
    synchronized (this) {
      abort = way;
      isLate = cancelled;
    }
    if (isLate) {
      way.run();
    }
  }

  /** Any thread may do so. */
  void cancel() {
    Runnable way;
    synchronized (this) {
      cancelled = true;
      way = abort;
    }
    way.run();
    fail(new IOException("Canceled"));
    ResponseBytes bytes = body;
    if (bytes != null) {
      bytes.discard();
    }
  }

  /** The head has come. */
  void head(HttpResponse head, ResponseBytes.Connection connection) {
    if (timings != null) {
      timings.answered(head.status().code());
      timings.next(Phase.FIRST_BYTE, Phase.BODY);
    }
    BufferSizes room = sizes.get();
    unread = Math.min(Math.max(prefetch.bytes(), EARLY), room.unread());
    ResponseBytes bytes = new ResponseBytes(connection, room, unread);
    body = bytes;
    if (isCancelled()) {
      bytes.discard();
    }
    Response decoded = Messages.decoded(request, head, bytes);
    response = decoded;
    // The body of an error or a redirect is not read, so nothing waits for it.
    isEarly = !decoded.isSuccessful() || length(decoded) > Math.min(prefetch.bytes(), unread);
  }

  private long length(Response decoded) {
    ResponseBody announced = decoded.body();
    return announced == null || isHead() ? 0 : announced.contentLength();
  }

  /** Content has come; returns how much in all. */
  long content(ByteBuf content) {
    received += content.readableBytes();
    if (body != null && content.isReadable() && body.add(content) > unread) {
      tell();
    }
    return received;
  }

  /** No more content is at hand. */
  void flush(EventLoop loop) {
    if (body != null) {
      body.flush();
    }
    if (isEarly) {
      tell();
    } else if (response != null && !isTimed && !prefetch.within().equals(Policy.FOREVER)) {
      isTimed = true;
      var unused = loop.schedule(this::tell, prefetch.within().toNanos(), NANOSECONDS);
    }
  }

  /** The response is whole. */
  void finish() {
    ended.accept(this);
    end(Phase.BODY);
    if (timings != null) {
      timings.received(received);
    }
    if (body != null) {
      body.end();
    }
    tell();
  }

  private void tell() {
    Response complete = response;
    if (complete != null && isFirst()) {
      receiver.received(complete);
    }
  }

  /** There is no response, or no more of its body. */
  void fail(IOException cause) {
    ended.accept(this);
    end(Phase.DNS);
    end(Phase.CONNECT);
    end(Phase.FIRST_BYTE);
    end(Phase.BODY);
    ResponseBytes bytes = body;
    if (bytes != null) {
      bytes.fail(cause);
    }
    if (isFirst()) {
      if (bytes != null) {
        bytes.discard();
      }
      receiver.failed(cause);
    }
  }

  private synchronized boolean isFirst() {
    boolean isFirst = !told;
    told = true;
    return isFirst;
  }
}
