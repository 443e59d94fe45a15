package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.Future;

/**
 * The requests of one connection, each after the answer to the last. However many come at once, the
 * other connections of the same loop, and its end, do not have to wait for all of them.
 */
final class PipeliningLimit implements Handler<HttpServerRequest> {
  /** Some fifty usual answers, or a page of a thousand rows. */
  private static final long TURN_NANOS = MICROSECONDS.toNanos(500);

  private final Handler<HttpServerRequest> site;
  private final EventExecutor loop;
  private long spentNanos;

  private PipeliningLimit(Handler<HttpServerRequest> site, EventExecutor loop) {
    this.site = site;
    this.loop = loop;
  }

  /** From now on this connection's requests come to the site in turns. */
  static void take(HttpConnection connection, Handler<HttpServerRequest> site) {
    HttpServerConnection server = (HttpServerConnection) connection;
    server.handler(new PipeliningLimit(site, server.channelHandlerContext().executor()));
  }

  @Override
  public void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.writeQueueFull()) {
      // It sends questions and reads no answers: they must not pile up here.
      response.drainHandler(unused -> answerNextTurn(request));
    } else if (spentNanos >= TURN_NANOS) {
      answerNextTurn(request);
    } else {
      answer(request);
    }
  }

  private void answerNextTurn(HttpServerRequest request) {
    spentNanos = 0;
    // Not just a task, for a loop does many of these before it looks at its sockets again.
    Future<?> unused = loop.schedule(() -> answer(request), 0, NANOSECONDS);
  }

  private void answer(HttpServerRequest request) {
    long began = System.nanoTime();
    site.handle(request);
    spentNanos += System.nanoTime() - began;
  }
}
