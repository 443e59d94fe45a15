package dev.sluice.dns;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One question over a connection of its own (RFC 7766), on the same selector. */
final class TcpConnection implements EventLoop.Ready {
  private final Engine engine;
  private final Query query;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer out;
  private ByteBuffer in = ByteBuffer.allocate(Short.BYTES);
  private boolean knowsLength;

  private TcpConnection(Engine engine, Query query, SocketChannel channel, InetSocketAddress server)
      throws IOException {
    this.engine = engine;
    this.query = query;
    this.channel = channel;
    out = engine.writer().segment(query.id, query.question, query.edns);
    key = engine.loop().register(channel, SelectionKey.OP_CONNECT, this);
    channel.connect(server);
  }

  static TcpConnection connect(Engine engine, Query query, InetSocketAddress server)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      return new TcpConnection(engine, query, channel, server);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void ready() {
    try {
      if (channel.isConnectionPending() && !channel.finishConnect()) {
        return;
      }
      channel.write(out);
      key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
      if (!out.hasRemaining()) {
        read();
      }
    } catch (IOException e) {
      engine.stumble(query, e);
    }
  }

  private void read() throws IOException {
    int octets = channel.read(in);
    for (; octets > 0; octets = channel.read(in)) {
      if (!in.hasRemaining() && !knowsLength) {
        knowsLength = true;
        in = ByteBuffer.allocate(in.flip().getShort() & 0xFFFF);
      }
      if (!in.hasRemaining()) {
        deliver();
        return;
      }
    }
    if (octets < 0) {
      throw new EOFException("connection closed before the answer");
    }
  }

  private void deliver() {
    int length = in.flip().remaining();
    in.get(engine.message(), 0, length);
    engine.judgeTcp(query, length);
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      RxJavaPlugins.onError(e);
    }
  }
}
