package dev.sluice.dns;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * One of our ports, chosen by the kernel and connected to one server, so that what others send
 * there never arrives; with a table of all ids.
 */
final class Port implements EventLoop.Ready {
  private static final int IDS = 65_536;
  private static final int RECEIVE_BUFFER = 4 << 20;

  /** What the kernel charges for an answer of full size: its octets, rounded up, and its own. */
  private static final int CHARGE = 2_304;

  private static final int MIN_CAPACITY = 16;
  private static final int MAX_CAPACITY = IDS / 4;

  /** The others must not wait for one port that never runs dry. */
  private static final int BATCH = 256;

  private final Engine engine;
  private final DatagramChannel channel;
  private final SelectionKey key;
  private final int capacity;
  private final @Nullable Query[] byId = new @Nullable Query[IDS];
  private int inFlight;
  private boolean blocked;

  final Server server;

  private Port(Engine engine, Server server, DatagramChannel channel) throws IOException {
    this.engine = engine;
    this.server = server;
    this.channel = channel;
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    // Linux doubles what it grants, for its own share, and tells half of it.
    int granted = 2 * channel.getOption(StandardSocketOptions.SO_RCVBUF);
    capacity = Math.max(MIN_CAPACITY, Math.min(granted / CHARGE, MAX_CAPACITY));
    channel.connect(server.address);
    key = engine.loop().register(channel, SelectionKey.OP_READ, this);
  }

  static Port open(Engine engine, Server server) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      return new Port(engine, server, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  boolean hasRoom() {
    return inFlight < capacity && !blocked;
  }

  /** An id that nobody has: this one, or the next that is free. */
  int take(int wish, Query query) {
    int id = wish;
    while (byId[id] != null) {
      id = (id + 1) % IDS;
    }
    byId[id] = query;
    inFlight++;
    server.sent();
    return id;
  }

  void free(int id) {
    byId[id] = null;
    inFlight--;
    server.over();
  }

  @Nullable Query flying(int id) {
    return byId[id];
  }

  /** Whether the datagram left; if not, the kernel has no room for it at the moment. */
  boolean send(ByteBuffer datagram) throws IOException {
    blocked = channel.write(datagram) == 0;
    if (blocked) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
    return !blocked;
  }

  @Override
  public void ready() {
    if (key.isValid() && key.isWritable()) {
      blocked = false;
      key.interestOps(SelectionKey.OP_READ);
    }
    try {
      int left = BATCH;
      while (left > 0 && channel.isOpen() && engine.receive(this, channel)) {
        left--;
      }
    } catch (IOException e) {
      failAll(e);
    }
  }

  /** Nobody is there, says the kernel, and does not say to whom of us: so all ask elsewhere. */
  void failAll(IOException e) {
    for (int id = 0; id < IDS && inFlight > 0; id++) {
      Query query = byId[id];
      if (query != null) {
        engine.stumble(query, e);
      }
    }
  }

  static boolean concernsAll(IOException e) {
    return e instanceof PortUnreachableException;
  }

  void close() throws IOException {
    channel.close();
  }
}
