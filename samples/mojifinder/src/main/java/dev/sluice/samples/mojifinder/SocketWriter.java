package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.util.concurrent.EventExecutor;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;

/**
 * Writes a stream to a socket, piece by piece as the other end takes it, and closes the socket
 * behind the last one.
 */
final class SocketWriter implements FlowableSubscriber<Buffer> {
  /** So many bytes at a time: a client that reads as fast as we write is not the only one. */
  private static final int TURN_BYTES = 16 * 1024;

  private final NetSocketInternal socket;
  private final EventExecutor loop;
  private final Consumer<Throwable> failed;
  private int turn;

  @SuppressWarnings("NullAway.Init")
  private Subscription pieces;

  /**
   * @param failed is told what went wrong, unless it is that the other end has gone
   */
  SocketWriter(NetSocketInternal socket, Consumer<Throwable> failed) {
    this.socket = socket;
    this.failed = failed;
    loop = socket.channelHandlerContext().executor();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    pieces = subscription;
    pieces.request(1);
  }

  @Override
  public void onNext(Buffer piece) {
    if (piece.length() == 0) {
      pieces.request(1);
      return;
    }
    turn += piece.length();
    socket.write(piece).onComplete(this::written);
  }

  private void written(AsyncResult<Void> result) {
    if (result.failed()) {
      pieces.cancel();
    } else if (turn < TURN_BYTES) {
      pieces.request(1);
    } else {
      turn = 0;
      // Not just a task, for a loop does many of these before it looks at its sockets again.
      Future<?> unused = loop.schedule(() -> pieces.request(1), 0, NANOSECONDS);
    }
  }

  @Override
  public void onError(Throwable e) {
    failed.accept(e);
    onComplete();
  }

  @Override
  public void onComplete() {
    socket.close();
  }
}
