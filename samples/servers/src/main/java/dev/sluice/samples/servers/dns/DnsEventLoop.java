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

/** One thread for every question, over UDP and TCP, and for the answers that are held back. */
final class DnsEventLoop implements Runnable {
  /** So many datagrams in a row before the others get a turn. */
  private static final int BATCH = 256;

  private static final long TICK_MILLIS = 1_000;
  private static final long NAP_NANOS = 100_000;
  private static final int LARGEST_MESSAGE = 65_535;

  private final Selector selector = Selector.open();
  private final DatagramChannel udp;
  private final ServerSocketChannel door;
  private final DnsResponder responder;
  private final DnsFaultInjector mood;
  private final DelayedAnswers heldBack = new DelayedAnswers();
  private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_MESSAGE);
  private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_MESSAGE);
  private volatile boolean closing;
  private long nextTick = System.nanoTime();

  DnsEventLoop(DatagramChannel udp, ServerSocketChannel door, Zones zones, DnsFaultInjector mood)
      throws IOException {
    this.udp = udp;
    this.door = door;
    this.mood = mood;
    responder = new DnsResponder(zones, mood);
    udp.configureBlocking(false);
    udp.register(selector, SelectionKey.OP_READ);
    door.configureBlocking(false);
    door.register(selector, SelectionKey.OP_ACCEPT);
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
        heldBack.release();
        tick();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the DNS server's selector failed", e);
    } finally {
      closeAll();
    }
  }

  private void select(boolean busy) throws IOException {
    long nanos = busy ? 0 : heldBack.nanosToWait();
    long millis = Math.min(TICK_MILLIS, DelayedAnswers.millis(nanos));
    if (millis > 0) {
      selector.select(this::proceed, millis);
      return;
    }
    if (nanos > 0) {
      // A selector counts in milliseconds, and an answer a millisecond late is late.
      LockSupport.parkNanos(Math.min(nanos, NAP_NANOS));
    }
    selector.selectNow(this::proceed);
  }

  private void proceed(SelectionKey key) {
    if (key.attachment() instanceof DnsTcpConnection client) {
      client.proceed();
    } else if (key.isValid() && key.isAcceptable()) {
      DelayedAnswers.leave(this::accept);
    }
  }

  /** Whether there may be more. */
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
    if (mood.isPrompt()) {
      DelayedAnswers.leave(() -> udp.send(out, client));
    } else {
      ByteBuffer kept = copy(out);
      heldBack.add(mood.delayNanos(), () -> udp.send(kept, client));
    }
  }

  /** The answer to a message over TCP, for the client to send now or later. */
  void answer(ByteBuffer message, DnsTcpConnection client) throws IOException {
    if (!responder.overTcp(message, out)) {
      throw new IOException("no question");
    }
    ByteBuffer answer = framed(out);
    if (mood.isPrompt()) {
      client.send(answer);
    } else {
      heldBack.add(mood.delayNanos(), () -> client.sendLate(answer));
    }
  }

  private void accept() throws IOException {
    for (SocketChannel client = door.accept(); client != null; client = door.accept()) {
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
    List<Closeable> all = new ArrayList<>(List.of(udp, door));
    selector.keys().forEach(key -> all.add(key.channel()));
    all.add(selector);
    for (Closeable each : all) {
      DelayedAnswers.leave(each::close);
    }
  }
}
