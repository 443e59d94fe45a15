package dev.sluice.dns.engine;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Set;

/** A TCP connection for one query (RFC 7766), on the engine's selector. */
final class TcpConnection implements Query.Carrier {
  /** What the loop does when a connection can go on. */
  @FunctionalInterface
  interface Ready {
    void accept(TcpConnection connection);
  }

  private final Query query;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer out;
  private final Set<TcpConnection> open;
  private ByteBuffer in = ByteBuffer.allocate(Short.BYTES);
  private boolean knowsLength;

  private TcpConnection(
      Query query,
      SocketChannel channel,
      SelectionKey key,
      ByteBuffer out,
      Set<TcpConnection> open) {
    this.query = query;
    this.channel = channel;
    this.key = key;
    this.out = out;
    this.open = open;
  }

  /**
   * Begins to connect; the loop calls {@code ready} when there is something to do.
   *
   * @param open the open connections: this one is in it until it is released
   */
  static TcpConnection open(
      Query query,
      InetSocketAddress server,
      ByteBuffer segment,
      EventLoop<?> loop,
      Set<TcpConnection> open,
      Ready ready)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      SelectionKey key = loop.register(channel, SelectionKey.OP_CONNECT);
      TcpConnection connection = new TcpConnection(query, channel, key, segment, open);
      key.attach((Runnable) () -> ready.accept(connection));
      channel.connect(server);
      open.add(connection);
      return connection;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  Query query() {
    return query;
  }

  /** Connects, writes and reads as far as possible; true once the whole answer is here. */
  boolean advance() throws IOException {
    if (channel.isConnectionPending() && !channel.finishConnect()) {
      return false;
    }
    channel.write(out);
    key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    return !out.hasRemaining() && read();
  }

  private boolean read() throws IOException {
    int octets = channel.read(in);
    for (; octets > 0; octets = channel.read(in)) {
      if (!in.hasRemaining() && !knowsLength) {
        knowsLength = true;
        in = ByteBuffer.allocate(in.flip().getShort() & 0xFFFF);
      }
      if (!in.hasRemaining()) {
        return true;
      }
    }
    if (octets < 0) {
      throw new EOFException("connection closed before the answer");
    }
    return false;
  }

  /** Copies the whole answer; returns its length. */
  int copyAnswer(byte[] message) {
    int length = in.flip().remaining();
    in.get(message, 0, length);
    return length;
  }

  @Override
  public void release(Query query) {
    open.remove(this);
    try {
      channel.close();
    } catch (IOException e) {
      RxJavaPlugins.onError(e);
    }
  }
}
