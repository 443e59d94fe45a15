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

/** Fifty clients that ask anew as soon as they are prompted, on one thread. */
final class TcpQueries implements AutoCloseable {
  private static final int CLIENTS = 50;
  private static final byte[] QUERY = "cat face\n".getBytes(US_ASCII);

  private final Selector selector = Selector.open();
  private final List<SocketChannel> clients = new ArrayList<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private long answers;

  TcpQueries(int port) throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      SocketChannel client =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ);
      clients.add(client);
    }
  }

  /** Answers a second. */
  double rate(double seconds) throws IOException {
    answers = 0;
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      selector.select(key -> proceed((SocketChannel) key.channel()), 100);
    }
    return answers / ((System.nanoTime() - start) / 1e9);
  }

  private void proceed(SocketChannel client) {
    try {
      in.clear();
      if (client.read(in) < 0) {
        throw new IOException("the server has closed");
      }
      int end = in.position();
      if (end > 1 && in.get(end - 2) == '>' && in.get(end - 1) == ' ') {
        answers++;
        client.write(ByteBuffer.wrap(QUERY));
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
