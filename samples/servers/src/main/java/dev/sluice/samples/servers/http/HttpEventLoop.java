package dev.sluice.samples.servers.http;

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
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * One thread for every client and every delay: what waits is an entry in a queue, not a thread. The
 * JDK's own server reads requests with blocking reads, so that a handful of slow clients stops all
 * others.
 */
final class HttpEventLoop implements Runnable {
  private static final long TICK_NANOS = 1_000_000_000L;

  private final Selector selector;
  private final ServerSocketChannel door;
  private final SelectionKey doorKey;
  private final Function<Request, DelayedResponse> site;
  private final LongSupplier clock;
  private final ResponseEncoder encoder = new ResponseEncoder();
  private final PriorityQueue<Delayed> delayed = new PriorityQueue<>();
  private volatile boolean closing;
  private long nextTick;

  /**
   * @param clock nanoseconds since whenever
   */
  HttpEventLoop(
      ServerSocketChannel door, Function<Request, DelayedResponse> site, LongSupplier clock)
      throws IOException {
    this.door = door;
    this.site = site;
    this.clock = clock;
    selector = Selector.open();
    door.configureBlocking(false);
    doorKey = door.register(selector, SelectionKey.OP_ACCEPT);
    nextTick = now() + TICK_NANOS;
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
        answerDelayed();
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
    DelayedResponse reply = site.apply(request);
    if (reply.delay().isZero()) {
      connection.answer(request, reply.response());
    } else {
      long due = now() + reply.delay().toNanos();
      delayed.add(new Delayed(due, connection, request, reply.response()));
    }
  }

  private long millisToWait() {
    Delayed first = delayed.peek();
    long now = now();
    long nanos = Math.min(nextTick - now, first == null ? TICK_NANOS : first.due() - now);
    // Rounded up: waking a moment too early would only spin. And 0 would mean forever.
    return Math.max(1, (nanos + 999_999) / 1_000_000);
  }

  private void proceed(SelectionKey key) {
    if (key == doorKey) {
      accept();
    } else {
      attempt(connection(key), HttpConnection::proceed);
    }
  }

  private void accept() {
    try {
      for (var client = door.accept(); client != null; client = door.accept()) {
        welcome(client);
      }
    } catch (IOException e) {
      // Out of file descriptors, most likely. The door opens again at the next tick.
      doorKey.interestOps(0);
    }
  }

  private void welcome(SocketChannel client) throws IOException {
    client.configureBlocking(false);
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = client.register(selector, SelectionKey.OP_READ);
    key.attach(new HttpConnection(this, client, key));
  }

  private void answerDelayed() {
    while (!delayed.isEmpty() && delayed.element().due() - now() <= 0) {
      Delayed next = delayed.remove();
      attempt(next.connection(), next::answer);
    }
  }

  private void tick() {
    long now = now();
    if (now - nextTick >= 0) {
      nextTick = now + TICK_NANOS;
      doorKey.interestOps(SelectionKey.OP_ACCEPT);
      for (SelectionKey key : selector.keys()) {
        if (key != doorKey) {
          attempt(connection(key), connection -> connection.closeIfLate(now));
        }
      }
    }
  }

  /** A connection that breaks is its client's affair; the others go on. */
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
    // By the channel and not by the connection: the door is among them.
    List<Closeable> all = new ArrayList<>();
    selector.keys().forEach(key -> all.add(key.channel()));
    all.add(selector);
    for (Closeable each : all) {
      try {
        each.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }

  /** What happens next on a connection. */
  private interface Step {
    void take(HttpConnection connection) throws IOException;
  }

  /** An answer that is ready and held back. */
  private record Delayed(long due, HttpConnection connection, Request request, Response response)
      implements Comparable<Delayed> {
    void answer(HttpConnection sameConnection) throws IOException {
      sameConnection.answer(request, response);
      sameConnection.answerRequests();
    }

    @Override
    public int compareTo(Delayed other) {
      // Differences, because System.nanoTime may overflow.
      return Long.signum(due - other.due);
    }
  }
}
