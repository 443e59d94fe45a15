package dev.sluice.dns;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * One of our ports, chosen by the kernel and connected to one server, so that what others send
 * there never arrives; with a table of all ids.
 */
final class UdpPort implements EventLoop.Ready {
  private static final int IDS = 65_536;
  private static final int RECEIVE_BUFFER = 4 << 20;

  /** What the kernel charges for an answer of full size: its octets, rounded up, and its own. */
  private static final int CHARGE = 2_304;

  private static final int MIN_CAPACITY = 1;
  private static final int MAX_CAPACITY = IDS / 4;

  /** At most, and at least half as many: so one is soon found. */
  private static final int PLACES_FOR_EACH = 4;

  /** The others must not wait for one port that never runs dry. */
  private static final int MANY = DatagramBatch.SLOTS;

  private final Engine engine;
  private final DatagramChannel channel;
  private final SelectionKey key;
  private final int capacity;

  /** A place for every id there is would be too wide for the processor's cache. */
  private final @Nullable Query[] flying;

  private final Datagrams datagrams;
  private final SendBuffer outbox;
  private int inFlight;
  private boolean blocked;

  final Server server;

  private UdpPort(Engine engine, Server server, DatagramChannel channel) throws IOException {
    this.engine = engine;
    this.server = server;
    this.channel = channel;
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    // Linux doubles what it grants, for its own share, and tells half of it.
    int granted = 2 * channel.getOption(StandardSocketOptions.SO_RCVBUF);
    capacity = Math.max(MIN_CAPACITY, Math.min(granted / CHARGE, MAX_CAPACITY));
    flying = new @Nullable Query[PLACES_FOR_EACH * Integer.highestOneBit(capacity)];
    channel.connect(server.address);
    datagrams = engine.datagrams(channel);
    outbox = new SendBuffer(engine, this);
    key = engine.loop().register(channel, SelectionKey.OP_READ, this);
  }

  static UdpPort open(Engine engine, Server server) throws IOException {
    boolean v4 = server.address.getAddress() instanceof Inet4Address;
    DatagramChannel channel =
        DatagramChannel.open(v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      return new UdpPort(engine, server, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  boolean hasRoom() {
    return inFlight < capacity && !blocked;
  }

  /** An id that nobody has: this one, or the next whose place is free. */
  int take(int wish, Query query) {
    int id = wish;
    while (flying[place(id)] != null) {
      id = (id + 1) % IDS;
    }
    flying[place(id)] = query;
    inFlight++;
    server.sent();
    return id;
  }

  void free(int id) {
    flying[place(id)] = null;
    inFlight--;
    server.over();
  }

  @Nullable Query flying(int id) {
    Query query = flying[place(id)];
    return query != null && query.id == id ? query : null;
  }

  private int place(int id) {
    return id & (flying.length - 1);
  }

  /** Writes a query; it leaves with the others, at the end of the round at the latest. */
  void add(Query query) {
    if (outbox.isEmpty()) {
      engine.leaveSoon(outbox);
    }
    outbox.add(query);
  }

  /** How many left; if none did, the kernel has no room for them at the moment. */
  int send(DatagramBatch out, int[] order, int from, int until) throws IOException {
    int sent = datagrams.send(out, order, from, until);
    blocked = sent == 0;
    if (blocked) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
    return sent;
  }

  @Override
  public void ready() {
    if (key.isValid() && key.isWritable()) {
      blocked = false;
      key.interestOps(SelectionKey.OP_READ);
    }
    try {
      int left = MANY;
      int came = datagrams.most();
      while (left > 0 && came == datagrams.most() && channel.isOpen()) {
        came = engine.receive(this, datagrams);
        left -= came;
      }
    } catch (IOException e) {
      failAll(e);
    }
    // Not after all other ports: by then the servers could have been at work for long.
    engine.launchWaiting();
  }

  /** Nobody is there, says the kernel, and does not say to whom of us: so all ask elsewhere. */
  void failAll(IOException e) {
    for (int place = 0; place < flying.length && inFlight > 0; place++) {
      Query query = flying[place];
      if (query != null) {
        engine.stumble(query, e);
      }
    }
  }

  void close() throws IOException {
    channel.close();
  }
}
