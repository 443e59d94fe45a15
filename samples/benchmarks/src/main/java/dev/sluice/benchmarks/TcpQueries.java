package dev.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Fifty clients on one thread, each of which sends a query when it has its answer. */
final class TcpQueries implements AutoCloseable {
  private static final int CLIENTS = 50;
  private static final int PROMPT_BYTES = "?> ".length();
  private static final byte[] QUERY = "cat face\n".getBytes(US_ASCII);

  private final Selector selector = Selector.open();
  private final List<SocketChannel> clients = new ArrayList<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private final byte[] questions;
  private final int atOnce;
  private final int answerBytes;
  private long answers;

  /**
   * @param atOnce the lines that a client sends before it waits for all their answers
   */
  TcpQueries(int port, int atOnce) throws IOException {
    this.atOnce = atOnce;
    questions = new String(QUERY, US_ASCII).repeat(atOnce).getBytes(US_ASCII);
    answerBytes = answerBytes(port);
    for (int i = 0; i < CLIENTS; i++) {
      SocketChannel client = SocketChannel.open(address(port));
      // The bytes still to come, at first those of the prompt.
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ, new int[] {PROMPT_BYTES});
      clients.add(client);
    }
  }

  /** All answers have the same length, so only their bytes are counted. */
  private static int answerBytes(int port) throws IOException {
    try (SocketChannel client = SocketChannel.open(address(port))) {
      client.write(ByteBuffer.wrap(QUERY));
      client.shutdownOutput();
      int bytes = client.socket().getInputStream().readAllBytes().length;
      return bytes - PROMPT_BYTES;
    }
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The number of answers per second. */
  double rate(double seconds) throws IOException {
    answers = 0;
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      selector.select(this::proceed, 100);
    }
    return answers / ((System.nanoTime() - start) / 1e9);
  }

  private void proceed(SelectionKey key) {
    SocketChannel client = (SocketChannel) key.channel();
    int[] left = (int[]) key.attachment();
    try {
      int read = client.read(in.clear());
      if (read < 0) {
        throw new IOException("the server has closed");
      }
      left[0] -= read;
      if (left[0] <= 0) {
        answers += atOnce;
        left[0] = atOnce * answerBytes;
        client.write(ByteBuffer.wrap(questions));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
    selector.close();
  }
}
