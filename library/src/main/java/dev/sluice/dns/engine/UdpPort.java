package dev.sluice.dns.engine;

import dev.sluice.dns.linux.DatagramBatch;
import dev.sluice.dns.linux.Datagrams;
import dev.sluice.dns.linux.NativeDatagrams;
import dev.sluice.dns.linux.NativeSockets;
import dev.sluice.dns.wire.ResponseReader;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket on a port that the kernel chose, with the queries sent through it by their ids. The
 * socket is connected to one server, so that the kernel drops datagrams from other addresses.
 */
final class UdpPort implements Query.Carrier {
  private static final int IDS = 65_536;
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  // A port is replaced after so many queries or nanoseconds: an attacker has to find the new one.
  private static final int MAX_QUERIES = 32_768;
  private static final long MAX_AGE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Receive buffer that the kernel charges for an answer of full size: data and bookkeeping. */
  private static final int CHARGED_BYTES = 2_304;

  private static final int MIN_CAPACITY = 1;
  private static final int MAX_CAPACITY = IDS / 4;

  /** Table slots per query in flight (2 to 4), so that probing finds a free slot quickly. */
  private static final int SLOTS_PER_QUERY = 4;

  private final Server server;
  private final DatagramChannel channel;
  private Datagrams datagrams;

  /** Whether native calls were looked for. */
  private boolean isAccelerated;

  private final SelectionKey key;
  private final SendBuffers buffers;
  private @Nullable SendBuffer unsent;
  private final int capacity;

  /** By the low bits of the id: a table of all ids would not fit the processor's cache. */
  private final @Nullable Query[] inFlight;

  private final long openedAt;
  private int size;
  private int queries;
  private boolean retired;
  private boolean broken;

  /** When the last datagrams came, in the loop's nanoseconds. */
  private long receivedAt;

  /** Whether the last send found the socket buffer full. */
  private boolean blocked;

  private UdpPort(
      Server server,
      DatagramChannel channel,
      Datagrams datagrams,
      SelectionKey key,
      SendBuffers buffers,
      int capacity,
      long openedAt) {
    this.server = server;
    this.channel = channel;
    this.datagrams = datagrams;
    this.key = key;
    this.buffers = buffers;
    this.capacity = capacity;
    this.openedAt = openedAt;
    receivedAt = openedAt;
    isAccelerated = datagrams instanceof NativeDatagrams;
    inFlight = new @Nullable Query[SLOTS_PER_QUERY * Integer.highestOneBit(capacity)];
  }

  /**
   * Opens a port towards a server; the loop calls {@code ready} when there is something to do.
   *
   * @param sockets null to send one datagram a call, until {@link #accelerate}
   * @param maxCapacity how many queries may be in flight, if the receive buffer allows
   */
  static UdpPort open(
      Server server,
      @Nullable NativeSockets sockets,
      SendBuffers buffers,
      int maxCapacity,
      EventLoop<?> loop,
      Ready ready)
      throws IOException {
    boolean v4 = server.address.getAddress() instanceof Inet4Address;
    DatagramChannel channel =
        DatagramChannel.open(v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      int capacity = Math.min(capacity(channel), maxCapacity);
      channel.connect(server.address);
      Datagrams datagrams = NativeDatagrams.of(channel, sockets);
      SelectionKey key = loop.register(channel, SelectionKey.OP_READ);
      UdpPort port = new UdpPort(server, channel, datagrams, key, buffers, capacity, loop.now());
      key.attach((Runnable) () -> ready.accept(port));
      return port;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What the loop does when a port can be read or written. */
  @FunctionalInterface
  interface Ready {
    void accept(UdpPort port);
  }

  /** How many answers the receive buffer holds. */
  private static int capacity(DatagramChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    // Linux doubles the granted size for its bookkeeping, and reports half of that.
    int granted = 2 * channel.getOption(StandardSocketOptions.SO_RCVBUF);
    return Math.max(MIN_CAPACITY, Math.min(granted / CHARGED_BYTES, MAX_CAPACITY));
  }

  /** The address of this machine that its datagrams come from. */
  InetAddress localAddress() throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
  }

  /** How many queries were sent through the port. */
  int queries() {
    return queries;
  }

  /** Sends and receives several datagrams a call from now on, if this machine can. */
  void accelerate(NativeSockets sockets) throws IOException {
    if (!isAccelerated) {
      isAccelerated = true;
      datagrams = NativeDatagrams.of(channel, sockets);
    }
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  boolean hasRoom() {
    return size < capacity && !blocked;
  }

  /** Whether the port has been in use for so long that another one should replace it. */
  boolean isWorn(long now) {
    return queries >= MAX_QUERIES || now - openedAt >= MAX_AGE_NANOS;
  }

  /**
   * Notes that a query got no answer. If nothing came since it was sent, the port is replaced: the
   * route to the server, or this machine's address, may have changed.
   */
  void noteTimeout(long sentAt) {
    if (receivedAt - sentAt <= 0) {
      queries = MAX_QUERIES;
    }
  }

  /** Notes a response to no query in flight: it is late if queries have timed out. */
  void noteLate() {
    if (server.counted(ServerEvent.LATE) < server.counted(ServerEvent.TIMED_OUT)) {
      server.count(ServerEvent.LATE);
    }
  }

  /** Notes that datagrams came. */
  void noteReceived(long now) {
    receivedAt = now;
  }

  /** Notes an error of the socket, after which no query may be added. */
  private void markBroken() {
    broken = true;
    queries = MAX_QUERIES;
  }

  /** Whether the socket reported an error, such as a source address that is gone. */
  boolean isBroken() {
    return broken;
  }

  /** Closes the port once no query on it waits for an answer. No query may be added. */
  void retire() {
    retired = true;
    if (size == 0) {
      close();
    }
  }

  boolean hasUnsent() {
    return unsent != null;
  }

  /** Gives the query an id: this one, or the next whose table slot is free. */
  void assignId(Query query, int wanted) {
    int id = wanted;
    while (inFlight[slot(id)] != null) {
      id = (id + 1) % IDS;
    }
    inFlight[slot(id)] = query;
    query.id = id;
    query.carrier = this;
    size++;
    queries++;
    server.queryAdded();
  }

  @Override
  public void release(Query query) {
    inFlight[slot(query.id)] = null;
    size--;
    server.queryRemoved();
    if (retired && size == 0) {
      close();
    }
  }

  /** The query in flight with this id; null if there is none. */
  @Nullable Query find(int id) {
    Query query = inFlight[slot(id)];
    return query != null && query.id == id ? query : null;
  }

  /** A query in flight that a response with another id repeats; null if there is none. */
  @Nullable Query findByQuestion(byte[] message, int length) {
    for (Query query : inFlight) {
      if (query != null && ResponseReader.repeats(message, length, query.question)) {
        return query;
      }
    }
    return null;
  }

  private int slot(int id) {
    return id & (inFlight.length - 1);
  }

  /** Adds a query to the next batch, and sends the batch if it is full. */
  void send(Query query, QueryQueues queues) {
    if (unsent == null) {
      unsent = buffers.take();
    }
    unsent.add(query);
    if (unsent.isFull()) {
      flush(queues);
    }
  }

  /** Sends what is to be sent; queries that cannot be sent go back to the queues. */
  void flush(QueryQueues queues) {
    SendBuffer full = unsent;
    if (full == null) {
      return;
    }
    unsent = null;
    try {
      flush(full, full.sort(), queues);
    } catch (PortUnreachableException e) {
      failAll(e, queues);
    }
    buffers.giveBack(full);
  }

  private void flush(SendBuffer full, int count, QueryQueues queues)
      throws PortUnreachableException {
    int sent = 0;
    while (sent < count) {
      try {
        int now = datagrams.send(full.datagrams(), full.order(), sent, count);
        if (now == 0) {
          block();
          putBack(full, sent, count, queues);
          return;
        }
        sent += now;
      } catch (PortUnreachableException e) {
        throw e;
      } catch (IOException e) {
        markBroken();
        Query query = full.query(sent, this);
        if (query != null) {
          queues.fail(query, e);
        }
        sent++;
      }
    }
  }

  /** From the last to the first, because each one becomes the first of those that wait. */
  private void putBack(SendBuffer full, int from, int until, QueryQueues queues) {
    for (int position = until - 1; position >= from; position--) {
      Query query = full.query(position, this);
      if (query != null) {
        queues.putBack(query);
      }
    }
  }

  private void block() {
    blocked = true;
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  /** Notes that the kernel takes datagrams again, if it does. */
  void unblock() {
    if (key.isValid() && key.isWritable()) {
      blocked = false;
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  /** How many datagrams one call of {@link #receive} reads at most. */
  int maxPerCall() {
    return datagrams.maxPerCall();
  }

  /** Reads datagrams into the first slots of the batch; returns how many. */
  int receive(DatagramBatch batch) throws IOException {
    return datagrams.receive(batch);
  }

  /** ECONNREFUSED names no query, so every query on this port is retried on another server. */
  void failAll(IOException e, QueryQueues queues) {
    if (!(e instanceof PortUnreachableException)) {
      markBroken();
    }
    for (int slot = 0; slot < inFlight.length && size > 0; slot++) {
      Query query = inFlight[slot];
      if (query != null) {
        queues.fail(query, e);
      }
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      RxJavaPlugins.onError(e);
    }
  }
}
