package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers for every name after a delay, and loses some queries. Which ones follows from the name
 * and the number of the query, so the result is known in advance.
 */
final class SlowNameServer implements AutoCloseable {
  private static final int BUFFER_BYTES = 4 << 20;
  private static final int LARGEST_MESSAGE = 512;
  private static final int HEADER = 12;
  private static final int BATCH = 64;
  private static final long NANOS_IN_MILLI = 1_000_000;

  /** A pointer to the name in the question; A, IN, 300 s, four octets. */
  private static final byte[] ADDRESS = {
    (byte) 0xc0, HEADER, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, (byte) 192, 0, 2, 1
  };

  /** All delays are equal, so a queue keeps the queries in the order of their answers. */
  private record Answer(SocketAddress client, ByteBuffer message, long dueNanos) {}

  private final Selector selector = Selector.open();
  private final DatagramChannel channel = DatagramChannel.open();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_MESSAGE);
  private final long delayNanos;
  private final double loss;
  private final int dead;
  private final byte[] asked;
  private final AtomicLong repeated = new AtomicLong();
  private final Lateness lateness = new Lateness();
  private volatile boolean closed;

  private SlowNameServer(int names, Duration delay, double loss, int dead) throws IOException {
    this.delayNanos = delay.toNanos();
    this.loss = loss;
    this.dead = dead;
    this.asked = new byte[names];
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ);
  }

  /** In a JVM of its own: {@code NAMES DELAY_MILLIS LOSS DEAD}; ends with standard input. */
  public static void main(String[] args) throws IOException {
    Duration delay = Duration.ofMillis(Long.parseLong(args[1]));
    double loss = Double.parseDouble(args[2]);
    int dead = Integer.parseInt(args[3]);
    try (SlowNameServer server = start(Integer.parseInt(args[0]), delay, loss, dead)) {
      System.out.println(server.port());
      System.in.transferTo(OutputStream.nullOutputStream());
      System.out.println(server.lateness);
    }
  }

  /** For the names {@code n0} to {@code n}<i>names - 1</i> of the zone, asked for once each. */
  static SlowNameServer start(int names, Duration delay, double loss) throws IOException {
    return start(names, delay, loss, 0);
  }

  /** The same, without an answer for one name in {@code dead}, unless that is 0. */
  static SlowNameServer start(int names, Duration delay, double loss, int dead) throws IOException {
    SlowNameServer server = new SlowNameServer(names, delay, loss, dead);
    Thread thread = new Thread(server::serve, "slow-name-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  int port() {
    return channel.socket().getLocalPort();
  }

  /** The number of queries for a name that was asked for before. */
  long repeated() {
    return repeated.get();
  }

  /** Whether the n-th query for this name, starting with 0, is lost. */
  static boolean loses(int name, int question, double loss) {
    // The finalizer of SplitMix64, which makes consecutive numbers look random.
    long z = (name * 4L + question) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53 < loss;
  }

  /** Whether there is never an answer for this name. */
  static boolean isDead(int name, int dead) {
    return dead > 0 && name % dead == 0;
  }

  private void serve() {
    try (selector;
        channel) {
      while (!closed) {
        await();
        for (int i = 0; i < BATCH && receive(); i++) {}
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
      selector.select(key -> {});
      return;
    }
    long millis = (next.dueNanos() - System.nanoTime()) / NANOS_IN_MILLI;
    if (millis > 0) {
      selector.select(key -> {}, millis);
    }
  }

  private boolean receive() throws IOException {
    buffer.clear();
    SocketAddress client = channel.receive(buffer);
    if (client == null) {
      return false;
    }
    buffer.flip();
    int name = nameNumber();
    int question = asked[name]++;
    if (question > 0) {
      repeated.incrementAndGet();
    }
    if (!isDead(name, dead) && !loses(name, question, loss)) {
      answers.add(new Answer(client, answer(), System.nanoTime() + delayNanos));
    }
    return true;
  }

  /** The digits in the first label, after the n. */
  private int nameNumber() {
    int number = 0;
    int end = HEADER + 1 + buffer.get(HEADER);
    for (int i = HEADER + 2; i < end; i++) {
      number = 10 * number + buffer.get(i) - '0';
    }
    return number;
  }

  /** The question as it came, with its upper-case letters, without EDNS. */
  private ByteBuffer answer() {
    int end = HEADER;
    while (buffer.get(end) != 0) {
      end += 1 + buffer.get(end);
    }
    end += 5;
    byte[] message = new byte[end + ADDRESS.length];
    buffer.get(0, message, 0, end);
    System.arraycopy(ADDRESS, 0, message, end, ADDRESS.length);
    message[2] = (byte) 0x85;
    message[3] = (byte) 0x80;
    message[7] = 1;
    message[11] = 0;
    return ByteBuffer.wrap(message);
  }

  private void answerAllDue() throws IOException {
    long now = System.nanoTime();
    while (!answers.isEmpty() && answers.element().dueNanos() - now <= 0) {
      Answer answer = answers.remove();
      while (channel.send(answer.message(), answer.client()) == 0) {
        Thread.onSpinWait();
      }
      lateness.add(System.nanoTime() - answer.dueNanos());
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
