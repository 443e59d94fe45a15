package dev.sluice.dns;

import dev.sluice.dns.wire.Packets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Many name servers on loopback, on one thread. A name exists if its first label has a digit; its
 * address comes from the name.
 */
final class ResolverFleet implements AutoCloseable {
  /** How a server answers. */
  enum Manner {
    HONEST,
    /** Gives an address for what does not exist. */
    ADVERTISES,
    /** Denies what exists. */
    CENSORS,
    /** Gives another address. */
    MISDIRECTS,
    SERVFAIL,
    /** Refuses more than 50 queries a second. */
    LIMITED,
    /** Answers after this many milliseconds, which is after the timeout. */
    SLOW,
    SILENT
  }

  private static final long SLOW_MILLIS = 1_500;
  private static final int RATE = 50;

  /** A response that is sent later. */
  private record Delayed(long at, DatagramChannel channel, ByteBuffer message, SocketAddress to)
      implements Comparable<Delayed> {
    @Override
    public int compareTo(Delayed other) {
      return Long.signum(at - other.at);
    }
  }

  /** One server. */
  static final class Member {
    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private volatile Manner manner;
    private long second;
    private int inSecond;
    private final AtomicInteger asked = new AtomicInteger();

    private Member(DatagramChannel channel, Manner manner) throws IOException {
      this.channel = channel;
      this.manner = manner;
      address = (InetSocketAddress) channel.getLocalAddress();
    }

    void become(Manner other) {
      manner = other;
    }

    InetSocketAddress address() {
      return address;
    }

    int asked() {
      return asked.get();
    }

    /** Of some names each server knows an address of its own. */
    private byte[] address(String name) {
      return ResolverFleet.address(name.startsWith("cdn") ? address + name : name);
    }

    private boolean isOverLimit() {
      long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
      inSecond = now == second ? inSecond + 1 : 1;
      second = now;
      return inSecond > RATE;
    }
  }

  private final List<Member> members = new ArrayList<>();
  private final PriorityQueue<Delayed> delayed = new PriorityQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(512);
  private final Selector selector;

  private ResolverFleet(List<Manner> manners) throws IOException {
    selector = Selector.open();
    for (Manner manner : manners) {
      DatagramChannel channel = DatagramChannel.open();
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Member member = new Member(channel, manner);
      members.add(member);
      channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, member);
    }
    Thread thread = new Thread(this::serve, "resolver-fleet");
    thread.setDaemon(true);
    thread.start();
  }

  static ResolverFleet of(List<Manner> manners) {
    try {
      return new ResolverFleet(manners);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Member> members() {
    return members;
  }

  int asked() {
    return members.stream().mapToInt(Member::asked).sum();
  }

  static boolean exists(String name) {
    return name.substring(0, name.indexOf('.')).chars().anyMatch(Character::isDigit);
  }

  /** The address of a name that exists. */
  static byte[] address(String name) {
    int hash = name.hashCode();
    return new byte[] {10, (byte) (hash >> 16), (byte) (hash >> 8), (byte) hash};
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(this::receive, delayed.isEmpty() ? 0 : 10);
        sendDelayed();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClosedSelectorException e) {
      return; // Closed.
    }
  }

  private void receive(SelectionKey key) {
    Member member = (Member) key.attachment();
    try {
      for (SocketAddress from = next(member); from != null; from = next(member)) {
        byte[] query = Arrays.copyOf(buffer.array(), buffer.position());
        member.asked.incrementAndGet();
        answer(member, query, from);
      }
    } catch (IOException e) {
      return; // Closed.
    }
  }

  private @Nullable SocketAddress next(Member member) throws IOException {
    buffer.clear();
    return member.channel.receive(buffer);
  }

  private void answer(Member member, byte[] query, SocketAddress from) throws IOException {
    String name = Packets.nameOf(query);
    // The parent exists without an address.
    boolean isParent = name.indexOf('.') < 0;
    boolean exists = !isParent && exists(name);
    byte[] truth =
        exists
            ? found(query, member.address(name))
            : Packets.reply(query, isParent ? 0 : Packets.NXDOMAIN);
    byte[] message =
        switch (member.manner) {
          case HONEST, SLOW, SILENT -> truth;
          case ADVERTISES -> exists || isParent ? truth : found(query, new byte[] {10, 9, 9, 9});
          case CENSORS -> exists ? Packets.reply(query, Packets.NXDOMAIN) : truth;
          case MISDIRECTS -> exists ? found(query, new byte[] {10, 9, 9, 9}) : truth;
          case SERVFAIL -> Packets.reply(query, Packets.SERVFAIL);
          case LIMITED -> member.isOverLimit() ? Packets.reply(query, Packets.REFUSED) : truth;
        };
    if (member.manner == Manner.SLOW) {
      long at = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SLOW_MILLIS);
      delayed.add(new Delayed(at, member.channel, ByteBuffer.wrap(message), from));
    } else if (member.manner != Manner.SILENT) {
      member.channel.send(ByteBuffer.wrap(message), from);
    }
  }

  private static byte[] found(byte[] query, byte[] address) {
    return Packets.reply(query, 0, Packets.record(Packets.asked(), Packets.A, address));
  }

  private void sendDelayed() throws IOException {
    while (!delayed.isEmpty() && delayed.peek().at - System.nanoTime() <= 0) {
      Delayed first = delayed.remove();
      first.channel.send(first.message, first.to);
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
      for (Member member : members) {
        member.channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
