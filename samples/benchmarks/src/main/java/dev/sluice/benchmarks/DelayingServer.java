package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Answers every request with the same flag after the same delay, from one thread, so that the load
 * comes from the client and not from waiting threads.
 */
final class DelayingServer implements AutoCloseable {
  private static final int LARGEST_REQUEST = 8_192;
  private static final int BACKLOG = 1_024;
  private static final long NANOS_IN_MILLI = 1_000_000;

  /** All delays are equal, so a queue keeps the requests in the order of their answers. */
  private record Answer(SocketChannel client, long dueNanos) {}

  private final Selector selector = Selector.open();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final long delayNanos;
  private final ByteBuffer response;
  private volatile boolean closed;

  private DelayingServer(Duration delay, byte[] body) throws IOException {
    this.delayNanos = delay.toNanos();
    this.response = response(body);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  static DelayingServer start(Duration delay, byte[] body) throws IOException {
    DelayingServer server = new DelayingServer(delay, body);
    Thread thread = new Thread(server::serve, "delaying-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  String base() {
    return "http://127.0.0.1:" + listener.socket().getLocalPort() + "/flags";
  }

  private static ByteBuffer response(byte[] body) {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length);
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(headBytes.length + body.length)
        .put(headBytes)
        .put(body)
        .flip()
        .asReadOnlyBuffer();
  }

  private void serve() {
    try (selector;
        listener) {
      while (!closed) {
        await();
        answerAllDue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A selector sleeps in whole milliseconds. The rest is a spin wait, so that answers are not late.
   */
  private void await() throws IOException {
    Answer next = answers.peek();
    if (next == null) {
      selector.select(this::handle);
      return;
    }
    long millis = (next.dueNanos() - System.nanoTime()) / NANOS_IN_MILLI;
    if (millis > 0) {
      selector.select(this::handle, millis);
    } else {
      selector.selectNow(this::handle);
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        read(key);
      }
    } catch (IOException gone) {
      close(key);
    }
  }

  private void accept() throws IOException {
    SocketChannel client = listener.accept();
    client.configureBlocking(false);
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(LARGEST_REQUEST));
  }

  private void read(SelectionKey key) throws IOException {
    SocketChannel client = (SocketChannel) key.channel();
    ByteBuffer request = (ByteBuffer) key.attachment();
    if (client.read(request) < 0) {
      close(key);
    } else if (endsWithBlankLine(request)) {
      request.clear();
      answers.add(new Answer(client, System.nanoTime() + delayNanos));
    }
  }

  private static boolean endsWithBlankLine(ByteBuffer request) {
    int end = request.position();
    return end >= 4
        && request.get(end - 4) == '\r'
        && request.get(end - 3) == '\n'
        && request.get(end - 2) == '\r'
        && request.get(end - 1) == '\n';
  }

  private void answerAllDue() {
    long now = System.nanoTime();
    while (!answers.isEmpty() && answers.element().dueNanos() - now <= 0) {
      answer(answers.remove().client());
    }
  }

  /** An answer fits the send buffer if the client reads. Other clients are dropped. */
  private void answer(SocketChannel client) {
    try {
      ByteBuffer whole = response.duplicate();
      client.write(whole);
      if (whole.hasRemaining()) {
        client.close();
      }
    } catch (IOException gone) {
      close(client.keyFor(selector));
    }
  }

  private static void close(SelectionKey key) {
    key.cancel();
    try {
      key.channel().close();
    } catch (IOException alreadyGone) {
      // The connection is closed anyway.
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
