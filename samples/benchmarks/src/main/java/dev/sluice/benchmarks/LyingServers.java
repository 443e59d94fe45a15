package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Name servers on one port of many loopback addresses, some of which lie or fail, as a process:
 * {@code LyingServers COUNT BAD-PERCENT TRUSTED PORT}. The trusted ones come last and are honest.
 * Prints a line when all of them answer, and ends when its input does.
 */
public final class LyingServers {
  /** The timeout of the clients; servers that are slow answer after that. */
  static final long TIMEOUT_MILLIS = 1_000;

  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS * 3 / 2);
  private static final long POLL_MILLIS = 20;
  private static final int RATE = 50;
  private static final int HEADER = 12;
  private static final int NXDOMAIN = 3;
  private static final int SERVFAIL = 2;
  private static final int REFUSED = 5;
  private static final int LIE = 0x0A_09_09_09;

  private enum Manner {
    HONEST,
    FINDS_ALL,
    DENIES_ALL,
    MISDIRECTS,
    SERVFAIL,
    FIFTY_PER_SECOND,
    SLOW,
    SILENT
  }

  private record Delayed(long at, DatagramChannel channel, ByteBuffer message, SocketAddress to) {}

  /** One server. */
  private static final class Member {
    private final DatagramChannel channel;
    private final Manner manner;
    private long second;
    private int inSecond;

    private Member(DatagramChannel channel, Manner manner) {
      this.channel = channel;
      this.manner = manner;
    }

    private boolean isOverLimit() {
      long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
      inSecond = now == second ? inSecond + 1 : 1;
      second = now;
      return inSecond > RATE;
    }
  }

  private final ByteBuffer message = ByteBuffer.allocateDirect(1_024);
  private final Queue<Delayed> delayed = new ArrayDeque<>();
  private final Selector selector;

  private LyingServers() throws IOException {
    selector = Selector.open();
  }

  public static void main(String[] args) throws IOException {
    LyingServers servers = new LyingServers();
    servers.open(
        Integer.parseInt(args[0]),
        Integer.parseInt(args[1]),
        Integer.parseInt(args[2]),
        Integer.parseInt(args[3]));
    Thread thread = new Thread(servers::serve, "lying-servers");
    thread.setDaemon(true);
    thread.start();
    System.out.println("ready");
    System.in.transferTo(System.out);
  }

  /** The address of a server. */
  static InetSocketAddress address(int index, int port) {
    return new InetSocketAddress("127.%d.%d.1".formatted(1 + index / 250, 1 + index % 250), port);
  }

  /** A name that exists, or one that does not. */
  static String name(int number) {
    return (number % 2 == 0 ? "y" : "n") + number + ".dev";
  }

  static boolean exists(String name) {
    return name.charAt(0) == 'y';
  }

  /** The address of a name that exists. */
  static int address(String name) {
    return 0x0A_00_00_00 | (name.hashCode() & 0xFF_FF_FF);
  }

  private void open(int count, int badPercent, int trusted, int port) throws IOException {
    Manner[] manners = Manner.values();
    int bad = 0;
    for (int i = 0; i < count + trusted; i++) {
      boolean isBad = i < count && (i + 1) * badPercent / 100 > i * badPercent / 100;
      Manner manner = isBad ? manners[1 + bad++ % (manners.length - 1)] : Manner.HONEST;
      DatagramChannel channel = DatagramChannel.open().bind(address(i, port));
      channel
          .configureBlocking(false)
          .register(selector, SelectionKey.OP_READ, new Member(channel, manner));
    }
  }

  private void serve() {
    try {
      while (true) {
        selector.select(this::receive, POLL_MILLIS);
        while (!delayed.isEmpty() && delayed.peek().at - System.nanoTime() <= 0) {
          Delayed first = delayed.remove();
          first.channel.send(first.message, first.to);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void receive(SelectionKey key) {
    Member member = (Member) key.attachment();
    try {
      message.clear();
      for (SocketAddress from = member.channel.receive(message);
          from != null;
          from = member.channel.receive(message)) {
        message.flip();
        answer(member, from);
        message.clear();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(Member member, SocketAddress from) throws IOException {
    String name = nameAndEnd();
    boolean isParent = name.indexOf('.') < 0;
    boolean exists = name.charAt(0) == 'y' && Character.isDigit(name.charAt(1));
    switch (member.manner) {
      case HONEST, SLOW -> say(exists, isParent ? 0 : NXDOMAIN, address(name));
      case FINDS_ALL -> say(true, 0, exists ? address(name) : LIE);
      case DENIES_ALL -> say(false, NXDOMAIN, 0);
      case MISDIRECTS -> say(exists, isParent ? 0 : NXDOMAIN, LIE);
      case SERVFAIL -> say(false, SERVFAIL, 0);
      case FIFTY_PER_SECOND -> {
        boolean over = member.isOverLimit();
        say(exists && !over, over ? REFUSED : isParent ? 0 : NXDOMAIN, address(name));
      }
      case SILENT -> {
        return;
      }
    }
    message.flip();
    if (member.manner == Manner.SLOW) {
      ByteBuffer copy = ByteBuffer.allocate(message.remaining()).put(message).flip();
      delayed.add(new Delayed(System.nanoTime() + SLOW_NANOS, member.channel, copy, from));
    } else {
      member.channel.send(message, from);
    }
  }

  /** The name of the question in lower case; the buffer ends behind the question then. */
  private String nameAndEnd() {
    StringBuilder name = new StringBuilder();
    int at = HEADER;
    for (int length = message.get(at); length > 0; length = message.get(at)) {
      name.append(name.isEmpty() ? "" : ".");
      for (int i = 1; i <= length; i++) {
        name.append((char) Character.toLowerCase(message.get(at + i)));
      }
      at += 1 + length;
    }
    message.limit(message.capacity()).position(at + 5);
    return name.toString();
  }

  /** Makes a response of the query: a record, or none and an RCODE. */
  private void say(boolean found, int rcode, int address) {
    message.putShort(2, (short) (0x8180 | (found ? 0 : rcode)));
    message.putShort(6, (short) (found ? 1 : 0)).putInt(8, 0);
    if (found) {
      message.putShort((short) 0xC00C).putShort((short) 1).putShort((short) 1).putInt(60);
      message.putShort((short) 4).putInt(address);
    }
  }
}
