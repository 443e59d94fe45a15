package dev.sluice.samples.mojifinder;

import static java.util.concurrent.TimeUnit.MICROSECONDS;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Bounds the time that one connection takes from its event loop, and the answers that wait for its
 * client. A client may send thousands of requests without waiting for an answer (pipelining), and
 * Vert.x would answer all that it has read before the loop serves another connection.
 *
 * <p>One instance for each event loop; all methods run on that loop.
 */
final class PipeliningLimit implements Handler<HttpServerRequest> {
  /** About fifty usual answers, or one page of a thousand rows. */
  private static final long SLICE_NANOS = MICROSECONDS.toNanos(500);

  /** A timer and not a task: the loop runs all its tasks before it reads sockets again. */
  private static final long PAUSE_MILLIS = 1;

  /**
   * Of the time between two requests of a connection, this part (one in so many) is subtracted from
   * its slice. Above 1, because parsing a pipelined request takes time, too.
   */
  private static final int RECOVERY = 4;

  private final Vertx vertx;
  private final Handler<HttpServerRequest> site;
  private final Map<HttpConnection, Usage> usages = new HashMap<>();
  private final Queue<Runnable> delayed = new ArrayDeque<>();
  private boolean timerStarted;

  PipeliningLimit(Vertx vertx, Handler<HttpServerRequest> site) {
    this.vertx = vertx;
    this.site = site;
  }

  /** Must be called for each connection before its first request. */
  void add(HttpConnection connection) {
    usages.put(connection, new Usage());
    connection.closeHandler(closed -> usages.remove(connection));
  }

  @Override
  public void handle(HttpServerRequest request) {
    Usage usage = usages.get(request.connection());
    if (usage == null) {
      return;
    }
    if (request.response().writeQueueFull()) {
      // The client does not read its answers; without this they would pile up in memory.
      request.response().drainHandler(drained -> answerLater(request, usage));
    } else if (usage.isUsedUp()) {
      answerLater(request, usage);
    } else {
      answer(request, usage);
    }
  }

  private void answerLater(HttpServerRequest request, Usage usage) {
    delayed.add(
        () -> {
          usage.reset();
          answer(request, usage);
        });
    startTimer();
  }

  private void startTimer() {
    if (!timerStarted && !delayed.isEmpty()) {
      timerStarted = true;
      vertx.setTimer(PAUSE_MILLIS, timer -> answerDelayed());
    }
  }

  /** Answers delayed requests for one slice; the rest waits for the next timer. */
  private void answerDelayed() {
    long started = System.nanoTime();
    try {
      do {
        delayed.remove().run();
      } while (!delayed.isEmpty() && System.nanoTime() - started < SLICE_NANOS);
    } finally {
      timerStarted = false;
      startTimer();
    }
  }

  private void answer(HttpServerRequest request, Usage usage) {
    long started = System.nanoTime();
    site.handle(request);
    usage.add(started, System.nanoTime());
  }

  /** The time that one connection has used of its slice. */
  private static final class Usage {
    private long usedNanos;
    private long lastNanos = System.nanoTime();

    boolean isUsedUp() {
      long now = System.nanoTime();
      usedNanos = Math.max(0, usedNanos - (now - lastNanos) / RECOVERY);
      lastNanos = now;
      return usedNanos >= SLICE_NANOS;
    }

    void add(long started, long ended) {
      usedNanos += ended - started;
      lastNanos = ended;
    }

    void reset() {
      usedNanos = 0;
    }
  }
}
