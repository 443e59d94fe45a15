package dev.sluice.samples.servers.http;

import io.reactivex.rxjava3.core.Scheduler;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/**
 * Serves all clients and all delayed responses on one thread, which {@link #run} occupies. The
 * JDK's own HTTP server reads requests with blocking reads, so a few slow clients stop all others.
 */
final class HttpEventLoop implements Runnable {
  private static final long TICK_NANOS = 1_000_000_000L;

  private final Selector selector;
  private final Listener listener;
  private final RequestHandler handler;
  private final Outage outage;
  private final LongSupplier clock;
  private final long startedAt;
  private final ResponseEncoder encoder = new ResponseEncoder();
  private final PriorityQueue<DueResponse> delayed = new PriorityQueue<>();
  private final LoopTasks tasks;
  private volatile boolean closing;
  private boolean isDown;
  private long nextTick;

  /**
   * @param clock nanoseconds since an arbitrary time
   */
  HttpEventLoop(
      ServerSocketChannel listener, RequestHandler handler, Outage outage, LongSupplier clock)
      throws IOException {
    this.handler = handler;
    this.outage = outage;
    this.clock = clock;
    selector = Selector.open();
    tasks = new LoopTasks(selector);
    this.listener = new Listener(listener, selector);
    startedAt = now();
    nextTick = startedAt + TICK_NANOS;
  }

  /** Ends {@link #run}, which then closes every connection. */
  void stop() {
    closing = true;
    selector.wakeup();
  }

  @Override
  public void run() {
    try {
      while (!closing) {
        selector.select(this::proceed, millisToWait());
        tasks.runAll();
        answerDelayed();
        beginOrEndOutage();
        tick();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the server's selector failed", e);
    } finally {
      closeAll();
    }
  }

  long now() {
    return clock.getAsLong();
  }

  ByteBuffer[] encode(Request request, Response response) {
    return encoder.encode(request, response);
  }

  ByteBuffer[] encode(Response response) {
    return encoder.encode(response);
  }

  void handle(HttpConnection connection, Request request) throws IOException {
    int inProgress = delayed.size() + 1;
    handler.handle(
        new ReceivedRequest(request, connection.client(), connection.host(), inProgress, now()),
        connection,
        this);
  }

  /** Answers at once, or after the delay of the response. */
  void answer(HttpConnection connection, Request request, DelayedResponse reply)
      throws IOException {
    if (reply.delay().isZero()) {
      connection.answer(request, reply);
    } else {
      long due = now() + reply.delay().toNanos();
      delayed.add(new DueResponse(due, connection, request, reply));
    }
  }

  /** Answers a request that the connection awaits. Called on this loop's thread. */
  void answerLater(HttpConnection connection, Request request, Response response) {
    attempt(
        connection,
        new DueResponse(now(), connection, request, DelayedResponse.atOnce(response))::answer);
  }

  /** Runs tasks and timers on this loop's thread. */
  Scheduler scheduler() {
    return tasks.scheduler();
  }

  private long millisToWait() {
    DueResponse first = delayed.peek();
    long now = now();
    long nanos = Math.min(nextTick - now, first == null ? TICK_NANOS : first.due() - now);
    nanos = Math.min(nanos, outage.nanosToChange(now - startedAt));
    // Rounded up, because waking too early would spin; at least 1, because 0 means no timeout.
    return Math.max(1, (nanos + 999_999) / 1_000_000);
  }

  private void proceed(SelectionKey key) {
    if (listener.has(key)) {
      listener.accept(this::register);
    } else {
      attempt(connection(key), HttpConnection::proceed);
    }
  }

  private void register(SocketChannel client) throws IOException {
    client.configureBlocking(false);
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = client.register(selector, SelectionKey.OP_READ);
    key.attach(new HttpConnection(this, client, key));
  }

  private void answerDelayed() {
    while (!delayed.isEmpty() && delayed.element().due() - now() <= 0) {
      DueResponse next = delayed.remove();
      attempt(next.connection(), next::answer);
    }
  }

  private void beginOrEndOutage() {
    boolean shallBeDown = outage.isAt(now() - startedAt);
    if (shallBeDown && !isDown) {
      isDown = true;
      listener.close();
      connections().forEach(connection -> attempt(connection, HttpConnection::reset));
    } else if (isDown && !shallBeDown) {
      isDown = !listener.isOpenAgain();
    }
  }

  private void tick() {
    long now = now();
    if (now - nextTick >= 0) {
      nextTick = now + TICK_NANOS;
      listener.acceptAgain();
      connections().forEach(each -> attempt(each, connection -> connection.closeIfOverdue(now)));
    }
  }

  private List<HttpConnection> connections() {
    return selector.keys().stream()
        .filter(key -> key.attachment() != null)
        .map(HttpEventLoop::connection)
        .toList();
  }

  /** Closes a connection that fails; the other connections are not affected. */
  private static void attempt(HttpConnection connection, Step step) {
    try {
      if (connection.isOpen()) {
        step.take(connection);
      }
    } catch (IOException e) {
      connection.close();
    }
  }

  private static HttpConnection connection(SelectionKey key) {
    return (HttpConnection) key.attachment();
  }

  private void closeAll() {
    List<Closeable> all = new ArrayList<>();
    for (SelectionKey key : selector.keys()) {
      all.add(key.attachment() == null ? key.channel() : connection(key)::close);
    }
    all.add(selector);
    for (Closeable each : all) {
      try {
        each.close();
      } catch (IOException e) {
        // The socket is gone either way.
      }
    }
  }

  /** One step of a connection. */
  private interface Step {
    void take(HttpConnection connection) throws IOException;
  }
}
