package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A relay before a server that sets the DO bit (RFC 3225) in each query, so that a client gets
 * signatures that it did not ask for. UDP only.
 */
final class SignatureRelay implements AutoCloseable {
  private static final int LARGEST_MESSAGE = 4_096;

  /** From the end of a query: its OPT has no options, and DO is the first bit of these flags. */
  private static final int FLAGS = 4;

  /** The type RRSIG (RFC 4034) and the class IN, as each signature has them. */
  private static final int RRSIG_IN = 46 << 16 | 1;

  private final Selector selector = Selector.open();
  private final DatagramChannel door = DatagramChannel.open();
  private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST_MESSAGE);
  private final Map<SocketAddress, DatagramChannel> ways = new HashMap<>();
  private final AtomicLong signed = new AtomicLong();
  private final SocketAddress server;
  private volatile boolean closed;

  private SignatureRelay(SocketAddress server) throws IOException {
    this.server = server;
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    door.configureBlocking(false).register(selector, SelectionKey.OP_READ);
  }

  /** A relay before the server at this port of the loopback address. */
  static SignatureRelay before(int port) throws IOException {
    SignatureRelay relay =
        new SignatureRelay(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Thread thread = new Thread(relay::serve, "signature-relay");
    thread.setDaemon(true);
    thread.start();
    return relay;
  }

  int port() {
    return door.socket().getLocalPort();
  }

  /** The number of answers with a signature. */
  long signed() {
    return signed.get();
  }

  private void serve() {
    try (selector;
        door) {
      while (!closed) {
        selector.select(this::pass);
      }
      for (DatagramChannel way : ways.values()) {
        way.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pass(SelectionKey key) {
    try {
      if (key.channel() == door) {
        ask();
      } else {
        answer((DatagramChannel) key.channel(), (SocketAddress) key.attachment());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ask() throws IOException {
    SocketAddress client = door.receive(buffer.clear());
    if (client != null) {
      int flags = buffer.flip().limit() - FLAGS;
      buffer.putShort(flags, (short) (buffer.getShort(flags) | 0x8000));
      wayOf(client).write(buffer);
    }
  }

  /** One socket for each client, so that answers go to the right one. */
  private DatagramChannel wayOf(SocketAddress client) throws IOException {
    DatagramChannel way = ways.get(client);
    if (way == null) {
      way = DatagramChannel.open().connect(server);
      way.configureBlocking(false).register(selector, SelectionKey.OP_READ, client);
      ways.put(client, way);
    }
    return way;
  }

  private void answer(DatagramChannel way, SocketAddress client) throws IOException {
    if (way.read(buffer.clear()) > 0) {
      buffer.flip();
      if (hasSignature()) {
        signed.incrementAndGet();
      }
      door.send(buffer, client);
    }
  }

  private boolean hasSignature() {
    for (int i = 0; i + Integer.BYTES <= buffer.limit(); i++) {
      if (buffer.getInt(i) == RRSIG_IN) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
