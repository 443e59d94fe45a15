package dev.sluice.samples.servers.dns;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Serves all queries, over UDP and TCP, and the delayed responses on one thread, which {@link #run}
 * occupies.
 */
final class DnsEventLoop implements Runnable {
  /** Reads at most this many datagrams in a row, so that UDP cannot starve TCP clients. */
  private static final int BATCH = 256;

  private static final long TICK_MILLIS = 1_000;
  private static final long PARK_NANOS = 100_000;
  private static final int LARGEST_MESSAGE = 65_535;

  private final Selector selector = Selector.open();
  private final DatagramChannel udp;
  private final ServerSocketChannel listener;
  private final DnsResponder responder;
  private final DnsFaultInjector faults;
  private final DelayedAnswers delayed = new DelayedAnswers();
  private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_MESSAGE);
  private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_MESSAGE);
  private volatile boolean closing;
  private long nextTick = System.nanoTime();

  DnsEventLoop(
      DatagramChannel udp, ServerSocketChannel listener, Zones zones, DnsFaultInjector faults)
      throws IOException {
    this.udp = udp;
    this.listener = listener;
    this.faults = faults;
    responder = new DnsResponder(zones, faults);
    udp.configureBlocking(false);
    udp.register(selector, SelectionKey.OP_READ);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Ends {@link #run}, which then closes every connection. */
  void stop() {
    closing = true;
    selector.wakeup();
  }

  @Override
  public void run() {
    try {
      boolean busy = false;
      while (!closing) {
        select(busy);
        busy = answerDatagrams();
        delayed.sendDue();
        tick();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the DNS server's selector failed", e);
    } finally {
      closeAll();
    }
  }

  private void select(boolean busy) throws IOException {
    long nanos = busy ? 0 : delayed.nanosToWait();
    long millis = Math.min(TICK_MILLIS, DelayedAnswers.millis(nanos));
    if (millis > 0) {
      selector.select(this::proceed, millis);
      return;
    }
    if (nanos > 0) {
      // A selector waits whole milliseconds; parking keeps shorter delays exact.
      LockSupport.parkNanos(Math.min(nanos, PARK_NANOS));
    }
    selector.selectNow(this::proceed);
  }

  private void proceed(SelectionKey key) {
    if (key.attachment() instanceof DnsTcpConnection client) {
      client.proceed();
    } else if (key.isValid() && key.isAcceptable()) {
      DelayedAnswers.attempt(this::accept);
    }
  }

  /** Answers one batch; returns whether more datagrams may wait. */
  private boolean answerDatagrams() throws IOException {
    for (int i = 0; i < BATCH; i++) {
      in.clear();
      SocketAddress client = udp.receive(in);
      if (client == null) {
        return false;
      }
      in.flip();
      if (responder.overUdp(in, out)) {
        send(client);
      }
    }
    return true;
  }

  private void send(SocketAddress client) {
    if (faults.answersAtOnce()) {
      DelayedAnswers.attempt(() -> udp.send(out, client));
    } else {
      ByteBuffer kept = copy(out);
      delayed.add(faults.delayNanos(), () -> udp.send(kept, client));
    }
  }

  /** Answers a query over TCP, now or after the delay. */
  void answer(ByteBuffer message, DnsTcpConnection client) throws IOException {
    if (!responder.overTcp(message, out)) {
      throw new IOException("not a query");
    }
    ByteBuffer answer = framed(out);
    if (faults.answersAtOnce()) {
      client.send(answer);
    } else {
      delayed.add(faults.delayNanos(), () -> client.sendLate(answer));
    }
  }

  private void accept() throws IOException {
    for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
      client.configureBlocking(false);
      SelectionKey key = client.register(selector, SelectionKey.OP_READ);
      key.attach(new DnsTcpConnection(this, client, key));
    }
  }

  private void tick() {
    if (System.nanoTime() - nextTick >= 0) {
      nextTick = System.nanoTime() + TICK_MILLIS * 1_000_000;
      for (SelectionKey key : selector.keys()) {
        if (key.attachment() instanceof DnsTcpConnection client) {
          client.closeIfIdle();
        }
      }
    }
  }

  private static ByteBuffer copy(ByteBuffer answer) {
    return ByteBuffer.allocate(answer.remaining()).put(answer).flip();
  }

  private static ByteBuffer framed(ByteBuffer answer) {
    ByteBuffer framed = ByteBuffer.allocate(2 + answer.remaining());
    return framed.putShort((short) answer.remaining()).put(answer).flip();
  }

  private void closeAll() {
    List<Closeable> all = new ArrayList<>(List.of(udp, listener));
    selector.keys().forEach(key -> all.add(key.channel()));
    all.add(selector);
    for (Closeable each : all) {
      DelayedAnswers.attempt(each::close);
    }
  }
}
